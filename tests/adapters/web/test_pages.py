"""Bytes to text: charsets, scripts, and files that are not what their names say."""

import pytest

from zhaoyin.adapters.web.pages import LARGEST_FILE, PageKind, main_text, read_page
from zhaoyin.domain.errors import InvalidValue

BODY = (
    "5月6日,无锡昱锵新材料有限公司投资2亿元的特种陶瓷项目成功签约,项目达产后年产值可达五亿元,带动就业三百人,当地开发区将全力服务项目建设。"
    * 2
)
PAGE = f"<html><head><title>要闻</title><script>alert('亿元')</script></head><body><nav>首页</nav><article><p>{BODY}</p></article><style>p{{}}</style></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_it_decodes_what_arrives(encoding: str) -> None:
    page = read_page(BODY.encode(encoding))
    assert (page.kind, page.text) == (PageKind.TEXT, BODY)


def test_it_takes_the_article_and_no_script() -> None:
    page = read_page(PAGE.encode("gb18030"))
    assert page.kind is PageKind.HTML and page.title == "要闻"
    assert "昱锵" in page.text and "alert" not in page.text


def test_it_finds_text_when_the_page_is_hardly_html() -> None:
    assert "昱锵" in main_text(f"<div><script>{'x' * 5000}</script><td>{BODY}")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7 ...", "file-not-text"),
        (b"\x89PNG\r\n\x1a\n", "file-not-text"),
        (bytes(range(32)) * 50, "file-not-text"),
        (b"x" * (LARGEST_FILE + 1), "file-too-large"),
        (b"<html><body><script>1</script></body></html>", "page-without-text"),
        (b"   \n ", "file-empty"),
    ],
)
def test_it_refuses_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_page(data, filename="page.html")
    assert caught.value.code == code
