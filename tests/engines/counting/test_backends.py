"""The same answers on PostgreSQL and Spark as on DuckDB: what is equal here is what the program calls supported."""

import os
from collections.abc import Iterator
from random import Random
from urllib.parse import urlparse

import ibis
import pytest

from tests.engines.counting.bench_of_ledgers import run
from tests.engines.counting.ledgers import make_ledger, make_pack
from zhaoyin.domain.period import Period

PERIOD = Period.parse("2026-01/2026-08")


@pytest.fixture
def postgres() -> Iterator[ibis.BaseBackend]:
    """The database of tools/with_postgres.py, in a schema that a test run may fill."""
    address = urlparse(os.environ.get("ZHAOYIN_DATABASE_URL", ""))
    if not address.scheme.startswith("postgres"):
        pytest.skip("PostgreSQL: python tools/with_postgres.py pytest tests/engines/counting/test_backends.py")
    connection = ibis.postgres.connect(
        host=address.hostname, port=address.port, user=address.username, password=address.password or "",
        database=address.path[1:],
    )  # fmt: skip
    yield connection
    connection.disconnect()


@pytest.fixture
def spark() -> Iterator[ibis.BaseBackend]:
    """A Spark of this process; it takes minutes, so only when asked for."""
    if not os.environ.get("ZHAOYIN_SPARK"):
        pytest.skip("Spark: ZHAOYIN_SPARK=1 with the group bench and a Java of 17")
    sql = pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = (
        builder.config("spark.sql.shuffle.partitions", "1").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )
    yield ibis.pyspark.connect(session)
    session.stop()


def _agree(connection: ibis.BaseBackend, seed: int, ledgers: int) -> None:
    random = Random(seed)
    made = {f"z{n}": make_ledger(random.choice) for n in range(ledgers)}
    known = {zone: len(lines) for zone, lines in made.items()}
    pack = make_pack(random.choice)
    expected = run(made, known, pack=pack, period=PERIOD)
    found = run(made, known, pack=pack, period=PERIOD, connection=connection)
    assert found.counts == expected.counts
    assert found.verdicts == expected.verdicts
    assert (found.tables, found.ratios, found.stages) == (expected.tables, expected.ratios, expected.stages)


@pytest.mark.parametrize("seed", range(5))
def test_it_gives_the_same_answers_on_postgresql(postgres: ibis.BaseBackend, seed: int) -> None:
    _agree(postgres, seed, 40)


def test_it_gives_the_same_answers_on_spark(spark: ibis.BaseBackend) -> None:
    _agree(spark, 0, 40)
