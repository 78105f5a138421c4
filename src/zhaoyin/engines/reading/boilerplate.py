"""Which lines of a pasted page are no article: navigation, share bars, credited, recommended headlines, comments, footers.

Works on text without tags. Lines are judged one by one, then a heading such as 相关推荐 closes the article for good unless
the article evidently goes on behind it (a box in the middle of a page).
"""

import re
from itertools import accumulate, pairwise

from zhaoyin.domain.value import value
from zhaoyin.engines.reading.tables import kind_of

_NAVIGATION = re.compile(
    r"^\s*今天是[::]?\s?(?:19|20)\d{2}年|^\s*(?:您的位置|您所在的位置|所在位置|当前位置|当前栏目|您现在的位置|位置)\s?[::]|^\s*(?:网站|网易|新浪|搜狐|腾讯)?首页\s?[|>»›·/→—-]"
    r"|^\s*(?:网站|网易|新浪|搜狐|腾讯)?首页\s|^\s*(?:关键词|关键字|标签|Tags?)\s?[::]"
    r"|^[^。,;]{0,16}\s首页\s|^[^。,;]{0,20}无障碍\s|^[^。,;]{0,24}(?:版面导航|上一版|下一版)"
)
_SITE_WORDS = re.compile(
    r"长者模式|智能问答|访问量|我要留言|会员登录|登录\s?/\s?注册|\bA[+-]\s|[\[【]字?[号体]?\s?大\s|字体\s|订阅(?:周报|电子报)|融媒\s+头条|[›▸>]\s?[^。]{0,30}\s(?:打印|关闭|分享|收藏|纠错)|(?:阅读|浏览)[::]\s?\d|^\s*(?:导航|滚动)[::]|设为(?:首页|主页)|\[首页\]|政务公开\s+办事服务|索引号|^\s*[\u4e00-\u9fff]{2,10}\s?/\s?[\u4e00-\u9fff]{2,8}\s?/\s?(?:正文|详情|动态|要闻)|加入收藏|网站地图|手机版|返回首页|登录\s+注册|RSS\b|(?:阅读|浏览|点击)(?:量|数|次数)?\s\d|客户端下载|已关注|官方网站|门户网站|下载(?:APP|客户端)|字体\s?[\[(::]|字号\s?[\[(::]|[|]\s?(?:点击|阅读|浏览)(?:量|数)?\s?[::]\s?\d|www\.|无障碍|关怀版"
    r"|^\s*[\u4e00-\u9fff]{2,8}(?:信息港|在线|网)\s+[\u4e00-\u9fff]{2,6}\s?[>»›]|^\s*[|》>]+\s?首页|首页\s?[-—→/\\》>|]|^\s*[\u4e00-\u9fffA-Za-z]{2,8}\s?[|丨·]\s?(?:返回)?首页"
)
"""Words that only the head of a site has; a short line with one of them above the article is none of it."""
_SIGNED_OFF = re.compile(
    r"^\s*[(\[【—-]+\s*(?:据|来源[::])?[\u4e00-\u9fff]{2,10}(?:融媒体?(?:中心)?|新闻网|日报社?|晚报社?|电视台|传媒集团|报业集团|新闻中心|宣传部)\s*(?:供稿|报送|提供)?\s*[)\]】—-]+\s*$"
)
"""(某某融媒体中心): who printed it."""
_PATH = re.compile(
    r"^[^。,]{0,30}[>»›→][^。,]{0,30}[>»›→]|"
    r"^[^。,]{0,24}[>»›]\s*(?:正文|详情|区县|要闻|动态|新闻)?\s*$|^(?:[^\s|。,\d]{2,8}\s?[|]\s?){2,}[^|。,]{0,16}|^[^。,|]{2,10}\s\|\s首页"
)
_PATH_SIGN = re.compile(r"[>»›|→]")
"""Stands in every match of `_PATH` and between the entries of a menu."""
_SHARE = re.compile(
    r"^\s*(?:(?:上午|下午)?\d{1,2}:\d{2}\s[^。,;]{0,20}\d{1,3}%\s*$|“[^”]{1,10}”(?:修改群名|撤回了|邀请“|拍了拍)|群聊[::]|微信群聊\s?\||[—「-]*\s*以[上下]为[^。]{0,10}聊天记录|本聊天记录|\[?图集\]?|[^。]{0,40}点击查看|发布[::]\s?(?:19|20)\d{2}[-/.]|分享(?:到|至|给)|点击(?:上方|下方)?蓝字|点击上方|扫一扫|扫码|微信扫|用微信|打印(?:本页)?\b|【?(?:打印|关闭|收藏|纠错|字体)|字号|字体[::]|浏览次数|阅读量|点击(?:数|量|查看)|关闭窗口|返回顶部|收藏本|举报|点赞|在看|转发|"
    r"进入关怀版|无障碍|繁体|登录|注册\s*登录|手机版|客户端|下载APP|听新闻|语音播报|(?:\[?图片\]?|图[::]|广告)\s*$)"
)
_CREDIT_TIME = re.compile(
    r"^\s*(?:发布(?:时间|日期)[::]?\s*)?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:记者 |责编|编辑|来源|作者|浏览|责任|字号|信息来源|发布|点击|$)[^。]{0,60}$"
)
_CREDIT = re.compile(
    r"^\s*(?:记者|通讯员|文)\s[\u4e00-\u9fff·]{2,4}\s(?:摄影|通讯员|图)\s[\u4e00-\u9fff·\s]{2,12}$|^\s*[(【\[]?\s*(?:来源(?![::][^。]{0,30}(?:推荐|介绍|引荐|牵线))|素材|原标题|供图|供稿|作者|主办|承办|主管|技术支持|客服(?:电话)?|摄影|稿源|信息来源|责任编辑|责编|编辑|审核|校对|初审|复审|终审|值班(?:主任|编委)|主编|美编|监制|投稿|发布时间|发布日期)\s?[::\s/|].{0,60}$"
)
_CLOSING = re.compile(
    r"^\s*[【\[(「“◆▶●■☞#*→←↑▲|•·—-]{0,3}\s*(?:热图|快讯」|热文|报料热线|爆料热线|一键分享|本[网站报]推荐|本版导读|今日话题|热点排行|猜您关注|相关信件|[^。,]{2,12}客户端\s+推荐|[^。,]{2,14}\s?版权所有|相关(?:推荐|阅读|新闻|链接|连结|文章|报道|资讯|稿件|[::])|关注“|(?:本文为?|本站)转载|热点推荐|推荐阅读|(?:今日|每日|编辑|精彩)?推荐(?:[::]|\s*$)|最新(?:文章|发布|资讯|消息)\s*$|图片新闻|热点新闻|阅读排行|(?:今日)?热榜|发表评论|热门[::]|热点[::]|滚动[::]|猜[你您](?:喜欢|想看|爱看)|往期(?:精选|推荐|回顾|精彩)|写留言|评论\s?[(]|为您推荐|为你推荐|热门(?:阅读|推荐|文章|新闻|\s?\||$)|延伸(?:阅读)?\s*$|延伸阅读|精彩推荐|大家都在看|更多(?:精彩|新闻|阅读)|"
    r"更多\s?[>»›]|上一篇|下一篇|上一条|下一条|网友评论|热评|热门评论|精选留言|网友留言|网友跟帖|跟帖|留言区|最新评论|全部评论|评论(?:区|\(|\s*\d)|版权所有|版权声明|Copyright|©|主办单位|承办单位|友情链接|网站地图|特别声明|免责声明|声明[::]|点击下方|"
    r"阅读原文|热搜|排行榜|热榜|今日热点|头条要闻|打印本页|返回列表|弹幕[::]|热词[::]|热帖|顶一下|其他人(?:还|都)?在看|大家(?:还|都)在搜|[您你]可能(?:还|会|对)?(?:感兴趣|喜欢|关注|想看)|相关信息|最新图片|往期回顾|长按|关注我们|[\u4e00-\u9fff]ICP备|.{0,10}网安备)"
)
_SCAN = re.compile(r"\s*扫[一码]")
"""Behind the last sentence of an article it closes it: headlines of others follow."""
_SENTENCE = re.compile(r"[。!?;]")


@value
class Line:
    """One line of the text and whether it is boilerplate."""

    start: int
    end: int
    is_boilerplate: bool


MOST_COUNTS = 2
"""Lines of nothing but a number: more of them are the cells of a table, not a count of readers."""
_AGENCY = re.compile(
    r"\s*[\u4e00-\u9fff]{2,14}(?:人民政府|管委会|管理委员会|局|网|集聚区|开发区|高新区|经开区|园区|新区)\s*|\s*中国[·•][\u4e00-\u9fff]{2,6}\s*"
)
"""Above a bar the name of an agency is whose page it is."""
_VISIBLE = re.compile(r"[^\n]")


def classify_lines(text: str) -> list[Line]:
    """Every line of canonical `text`, in order; `end` is after its line break."""
    spans = _line_spans(text)
    lines = [tight(text[start:end].rstrip("\n")) for start, end in spans]
    closing = [_CLOSING.match(line) is not None for line in lines]
    credited = [_CREDIT.match(line) is not None for line in lines]
    bodies = [
        end - start >= LEAST_SENTENCE and not closes and not credit and _SENTENCE.search(text, start, end) is not None
        for (start, end), closes, credit in zip(spans, closing, credited, strict=True)
    ]
    first_body = bodies.index(True) if True in bodies else 0
    last_body = len(bodies) - 1 - bodies[::-1].index(True) if True in bodies else -1
    last_table = max((index for index, line in enumerate(lines) if "\t" in line or _is_table(line)), default=-1)
    numbers = {index for index, line in enumerate(lines) if line[:1].isdigit() and line.strip().isdigit()}
    numbers = numbers if len(numbers) <= MOST_COUNTS else set()
    marks = [False] * len(spans)
    closed = False
    left = list(accumulate(reversed(bodies)))[::-1] if True in closing or True in credited else []
    for index, line in enumerate(lines):
        if not line or line.isspace():
            marks[index] = closed
            continue
        if closed and bodies[index] and _goes_on(left[index], index, len(spans)):
            closed = False
        if not closed and closing[index] and index > first_body and len(line) < 80:
            closed = True
        credit = credited[index] and len(line) < 60
        behind = 0 <= last_body < index
        if index > first_body and ((credit and index >= last_body) or (behind and _is_foot(line, index > last_table))):
            closed = True
        above = index < first_body and closing[index]
        marks[index] = closed or credit or above or index in numbers or _is_bar(line, index, first_body)
    if len(lines) > 1 and marks[1] and _AGENCY.fullmatch(lines[0]):
        marks[0] = True
    for index in (*_running_heads(lines), *_advert_tails(lines)):
        marks[index] = True
    return [Line(start, end, mark) for (start, end), mark in zip(spans, marks, strict=True)]


def is_sentence(line: str) -> bool:
    """Whether a line is long enough and has the signs of running text."""
    return len(line) >= LEAST_SENTENCE and _SENTENCE.search(line) is not None


LEAST_SENTENCE = 20
_LETTER = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN_LETTERS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff::])")


def tight(line: str) -> str:
    """The line without the blanks that a machine set between its letters: 相 关 链 接."""
    if " " not in line or len(_BETWEEN_LETTERS.findall(line)) * 2 < len(_LETTER.findall(line)):
        return line
    return _BETWEEN_LETTERS.sub("", line)


_PAGE_NUMBER = re.compile(
    r"\s*(?:—|-)?\s?第?\s?\d{1,3}\s?页?(?:\s?[,/]?\s?共\s?\d{1,3}\s?页)?\s?(?:—|-)?[^。,;]{0,30}$"
)
LONGEST_RUNNING_HEAD = 60


def _running_heads(lines: list[str]) -> list[int]:
    """A printed page's head: the line that stands above or below a page's number at two places and more, or the title come again behind one."""
    numbers = [index for index, line in enumerate(lines) if "页" in line and _PAGE_NUMBER.match(line)]
    near: dict[str, set[int]] = {}
    again: list[int] = []
    for number in numbers:
        below = next((index for index in range(number + 1, len(lines)) if lines[index].strip()), number)
        for index in {number - 1, number + 1, below}:
            line = lines[index].strip() if 0 <= index < len(lines) else ""
            if line and len(line) <= LONGEST_RUNNING_HEAD and not _SENTENCE.search(line):
                near.setdefault(line, set()).add(index)
                if index == below and any(line == one.strip() for one in lines[:number]):
                    again.append(index)
    heads = {line for line, places in near.items() if len(places) >= LEAST_PAGES}
    return [*again, *(index for index, line in enumerate(lines) if line.strip() in heads)]


def _advert_tails(lines: list[str]) -> list[int]:
    """The second line of an advert whose first one breaks off."""
    return [
        number + 1
        for number, (line, following) in enumerate(pairwise(lines))
        if following.strip() and not line.rstrip().endswith(("。", "!", "?")) and _SMALL_ADVERT.match(line)
    ]


LEAST_PAGES = 2


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        end = text.find("\n", position) + 1 or len(text)
        spans.append((position, end))
        position = end
    return spans


def _goes_on(article_lines: int, index: int, total: int) -> bool:
    """A box in the middle: at least half of the lines from here on are article, and much of the page is still to come."""
    rest = total - index
    return rest >= 2 and article_lines * 2 > rest and index < total * 0.6


def _is_foot(line: str, behind_tables: bool) -> bool:
    """A bar behind the last sentence: what follows is the page's, unless a table is still to come."""
    return _SCAN.match(line) is not None or (behind_tables and _SHARE.match(line) is not None)


_ADVERT = re.compile(r"^\s*[—–\-*【\[]*\s*(?:广告|推广|赞助)\s?[::\]】]")
_SMALL_ADVERT = re.compile(r"^\s*[·•]\s?(?:广告|启事|声明|遗失声明|招租|讣告)\s?[·•]")
_MASTHEAD = re.compile(
    r"^\s*[\u4e00-\u9fff]{2,10}\s?[·•]\s?[\u4e00-\u9fff]{2,10}(?:人民政府|管委会)\s*$|^\s*(?:\[?PDF|页眉[::]|页脚[::])|^[^。,\s]{2,8}(?:网|频道|电子版|数字报|日报|晚报|在线|融媒|发布)\s*$|^[^。,]{2,10}\s?[·•]\s?[^。,]{2,6}(?:频道|关注|要闻|头条)\s*$|^[^。,\d\s]{2,8}(?:在线|网|手机报|日报|晚报|发布)\s?[-·|]\s?[^。,\d]{2,16}$"
)
_PAGE_MARK = re.compile(
    r"^(?=[^。;]{0,60}$)(?:[^。,;]{2,56}\s)?第\s?\d{1,3}\s?页(?:\s?[,/]?\s?共\s?\d{1,3}\s?页)?\s*$|^[^。,;]{4,30}文件\s+—\s?\d{1,3}\s?—\s*$"
    r"|^[^。,;]{4,30}\s+(?:19|20)\d{2}年\d{1,2}月\d{1,2}日印发(?:\s+共?印\s?\d+\s?份)?\s*$"
    r"|^第\s?[A-Z]?\d{1,3}\s?版\s[^。,;]{2,20}$|^[^。]{0,12}广告(?:热线|部电话)[::][^。]{0,60}$|^本[报刊]?记者\s[^。,;]{2,16}\s文\s?/\s?[图摄]\s*$"
    r"|^香港交易及结算所有限公司[^。]{0,40}本公告[^。]{0,40}(?:概不负责|不负责任)"
    r"|^\s*(?:采写|采访|撰文|撰稿|拍摄|编辑|责编|摄影|校对|版式|制图|文|图)\s?/\s?[^\s/。]{1,6}(?:\s+(?:采写|拍摄|编辑|责编|责任编辑|摄影|校对|版式|制图|文|图)\s?/\s?[^\s/。]{1,6})*\s*$"
    r"|^\s*[(【]?(?:作者单位|推荐视频|读报热词|精彩视频|相关视频|视频推荐)\s?[::][^。]{1,60}$|^[^。]{2,20}\s(?:新浪|腾讯)微博\s[^。]{0,40}$"
    r"|^\s*出席[::][^。]{2,80}列席[::][^。]{0,60}$|^\s*(?:发|送|抄送|抄报|主送)[::][^。]{2,60}共?印\s?\d[^。]{0,10}$"
    r"|^\s*图\s?/\s?文\s[^。]{2,40}$|^[^。,]{2,14}记者\s+[文图]\s?/\s?[文图]\s*$"
    r"|^\s*(?:本版广告|本刊广告|欢迎转载|下期预告)[::,,][^。]{0,80}$|^\s*[(]\s*(?:本[刊报台网])?(?:记者|通讯员)\s?[^)。]{2,24}[)]\s*$"
    r"|^[^。,;]{2,20}\s?\|\s?[^。;]{2,40}第\s?[A-Z]?\d{1,3}\s?版\s*$"
    r"|^[\u4e00-\u9fff]{1,8}报\s+(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[^。,]{0,30}$|^[^。]{0,90}ICP备"
    r"|^[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|晨报|商报|都市报)(?:数字版|数字报|电子版)\s[^。]{0,50}$"
)
"""The head and foot of a printed page, who wrote and set it, a film recommended in its middle."""
_TIMED = re.compile(
    r"^[^。,]{2,30}\d{1,2}:\d{2}\s[^。,]{0,8}(?:浏览|阅读|点击)\s?\d+[^。]{0,12}$|^[^。,]{2,16}\s(?:19|20)\d{2}-\d{1,2}-\d{1,2}\s\d{1,2}:\d{2}\s发表于|^[^。,]{2,40}第\s*\d+\s*期[^。]{0,12}共\s*\d+\s*版"
)
"""An account's name with its time, a newspaper's head with its number of pages."""
_TIMED_WORDS = ("浏览", "阅读", "点击", "发表于", "版")
"""One of them stands in every match of `_TIMED`."""
_MENU_ENTRY = re.compile(r"[^\d。,;:()]{2,14}")


def _is_menu(line: str) -> bool:
    """首页 | 理论 | 图库 | 鲁甸 彝良: short words between bars, none of them a figure."""
    entries = line.split("|")
    return (
        len(entries) >= 4
        and not _is_table(line)
        and all(_MENU_ENTRY.fullmatch(entry.strip()) for entry in entries)
        and not any(entry.strip().endswith(("公司", "集团", "名称")) for entry in entries)
    )


def _is_bar(line: str, index: int, first_body: int) -> bool:
    if len(line) > 90:
        return False
    if any(pattern.match(line) for pattern in (_SHARE, _NAVIGATION, _ADVERT, _SMALL_ADVERT, _PAGE_MARK)):
        return True
    if _PATH_SIGN.search(line) and ((_PATH.match(line) and not _is_table(line)) or _is_menu(line)):
        return True
    if index <= first_body and (_MASTHEAD.match(line) or _is_timed(line) or _is_site_head(line)):
        return True
    if index <= first_body and len(line) < LONGEST_HEAD and _SITE_WORDS.search(line):
        return True
    if (
        index <= first_body
        and _STROKED_PATH.fullmatch(line)
        and not any(kind_of(part.strip()) for part in line.split("/"))
    ):
        return True
    if _SIGNED_OFF.match(line):
        return True
    if index == 0 and first_body > 1 and _SECTIONS.fullmatch(line):
        return True
    return index <= first_body + 1 and bool(_CREDIT_TIME.match(line))


LONGEST_HEAD = 60
_STROKED_PATH = re.compile(r"\s*[\u4e00-\u9fff]{2,8}(?:\s/\s[\u4e00-\u9fff]{2,8}){2,4}\s*")
"""某市 / 政务公开 / 经济运行: where the page stands in its site."""
_SECTIONS = re.compile(r"\s*[\u4e00-\u9fff]{2,6}(?:\s[\u4e00-\u9fff]{2,6}){2,}\s*")
"""聚焦开封 开封县区 兰考新闻: sections above a page."""


def _is_table(line: str) -> bool:
    """A head (项目名称|投资企业|投资额) or a row with its figures: bars part cells there."""
    cells = line.split("|")
    if len(cells) < LEAST_CELLS:
        return False
    figures = sum(any(sign.isdigit() for sign in cell) for cell in cells)
    return figures > 0 or sum(1 for cell in cells if kind_of(cell.strip())) * 3 >= len(cells)


LEAST_CELLS = 4


def _is_timed(line: str) -> bool:
    return any(word in line for word in _TIMED_WORDS) and _TIMED.match(line) is not None


def _is_site_head(line: str) -> bool:
    """云上钟祥 | 时政 民生 专题 视频: the site's name and its sections, before the article begins."""
    name, bar, sections = line.partition("|")
    if not bar:
        return False
    words = sections.split()
    return (
        2 <= len(name.strip()) <= 12
        and len(words) >= 3
        and all(len(word) <= 4 for word in words)
        and not any(sign.isdigit() for sign in line)
    )


def boilerplate_spans(lines: list[Line]) -> list[tuple[int, int]]:
    """Neighbouring boilerplate lines joined."""
    spans: list[tuple[int, int]] = []
    for line in lines:
        if not line.is_boilerplate:
            continue
        if spans and spans[-1][1] == line.start:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return spans


def blank_out(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with the spans replaced by spaces (line breaks kept), same length."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], _VISIBLE.sub(" ", text[start:end])]
        position = end
    return "".join([*parts, text[position:]]) if parts else text
