"""Machine-converted pages: hard line breaks, spaces around numbers, letter-spaced words; offsets stay right."""

from datetime import date

from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.unwrapping import unwrapped

PLAIN = (
    "5月6日,无锡昱锵新材料有限公司投资2.5亿元建设的特种陶瓷生产基地项目在园区正式签约,项目全部达产后预计年产值可达8亿元,"
    "带动就业300人。给它做模具的苏州铎信精密机械有限公司随后也签下入园协议,总投资3000万元,租用厂房6000平方米,下月进场。"
)


def wrapped(width: int) -> str:
    return "\n".join(PLAIN[place : place + width] for place in range(0, len(PLAIN), width))


def facts(text: str) -> list[tuple[str, str | None]]:
    reading = solve(problem=ReadingProblem(text, date(2026, 5, 8)))
    return [(one.companies[0], str(one.amount.money.value) if one.amount else None) for one in reading.projects]


def test_it_reads_a_hard_wrapped_text_as_the_plain_one() -> None:
    for width in (18, 23, 31):
        text = wrapped(width)
        assert facts(text) == facts(PLAIN)
        reading = solve(problem=ReadingProblem(text, date(2026, 5, 8)))
        assert all(text[name.span.start : name.span.end] == name.span.text for name in reading.names)


def test_it_reads_numbers_with_spaces_around_them() -> None:
    assert facts(PLAIN.replace("2.5亿元", " 2.5 亿元 ").replace("3000万元", " 3000 万元")) == facts(PLAIN)


def test_it_reads_letter_spaced_text() -> None:
    text = " ".join(PLAIN)
    assert [company for company, _ in facts(text)] == [company for company, _ in facts(PLAIN)]


def test_it_leaves_lists_and_tables_alone() -> None:
    for text in (
        "一、昱锵新材料,投资2亿元\n二、铎信精密,投资3亿元\n三、鋆澔泵业,投资4亿元",
        "序号 项目名称 投资方 总投资\n1 特种陶瓷 昱锵新材料 20000\n2 精密模具 铎信精密 3000",
        "标题\n一句话。\n另一句话。",
    ):
        assert unwrapped(text) == (text, None)


def test_it_reads_a_narrow_ragged_column_with_tags_between() -> None:
    """Lines of 11 to 16 characters, some of them with tags of the page before them."""
    widths, lines, place = (13, 16, 12, 15, 14), [], 0
    while place < len(PLAIN):
        width = widths[len(lines) % len(widths)]
        lines.append(PLAIN[place : place + width])
        place += width
    tagged = [f"<p>&nbsp;{line}" if number % 7 == 0 else line for number, line in enumerate(lines)]
    text = "\n".join(tagged)
    assert facts(text) == facts(PLAIN)


def test_short_lines_that_end_are_no_column() -> None:
    text = "企业情况如下。\n昶蔚新材料,3亿元。\n渥丰重工,2亿元。\n昱锵电池,5亿元。"
    assert unwrapped(text) == (text, None)
