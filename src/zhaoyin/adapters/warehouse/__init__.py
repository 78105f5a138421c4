"""The analytical mirror of the ledger: DuckDB in each process's memory, Parquet segments on disk, counting run over it."""

from zhaoyin.adapters.warehouse.explain import explain
from zhaoyin.adapters.warehouse.mirror import LedgerRow, LedgerSource, Mirror
from zhaoyin.adapters.warehouse.run import Question, Warehouse, compile_count

__all__ = ["LedgerRow", "LedgerSource", "Mirror", "Question", "Warehouse", "compile_count", "explain"]
