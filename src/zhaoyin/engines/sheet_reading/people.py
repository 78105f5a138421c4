"""People and telephones in cells, in every order: 张三（经理）139… 李四/138… · 王五、赵六 + 139…、138…."""

import re
from functools import lru_cache

from zhaoyin.engines.sheet_reading.result import ContactFound
from zhaoyin.engines.sheet_reading.texts import clean, is_nothing

_MOBILE = r"1[3-9]\d(?:[\s\-—.]?\d){8}"
_LANDLINE = r"(?:\(?0\d{2,3}\)?[\s\-—]?)?[2-8]\d{6,7}(?:(?:转|-|ext\.?)\d{1,5})?"
_FREE = r"[48]00[\s\-]?\d{3,4}[\s\-]?\d{3,4}"
_ABROAD = r"\+\d{1,3}[\s\-]?\d(?:[\s\-]?\d){6,12}"
_PHONE = re.compile(rf"(?<![\d])(?:(?:\+?86[\s\-]?)?{_MOBILE}|{_FREE}|{_ABROAD}|{_LANDLINE})(?!\d)")
_TITLES = [
    "董事长助理",
    "总经理助理",
    "副董事长",
    "执行董事",
    "董事长",
    "副总经理",
    "常务副总",
    "总经理",
    "副总裁",
    "执行总裁",
    "总裁",
    "副总",
    "总监",
    "投资总监",
    "财务总监",
    "项目经理",
    "客户经理",
    "区域经理",
    "部门经理",
    "经理",
    "主任",
    "副主任",
    "科长",
    "副科长",
    "局长",
    "副局长",
    "处长",
    "副处长",
    "部长",
    "副部长",
    "书记",
    "副书记",
    "镇长",
    "副镇长",
    "主席",
    "秘书长",
    "秘书",
    "会长",
    "副会长",
    "理事长",
    "院长",
    "教授",
    "博士",
    "厂长",
    "工程师",
    "高工",
    "总工",
    "会计",
    "出纳",
    "主管",
    "专员",
    "助理",
    "负责人",
    "联系人",
    "法人",
    "法定代表人",
    "法人代表",
    "董事",
    "监事",
    "股东",
    "合伙人",
    "首席代表",
    "代表",
    "办公室主任",
    "先生",
    "女士",
    "小姐",
    "老师",
    "同志",
    "总",
    "工",
    "投资部",
    "行政",
    "商务",
    "项目负责人",
    "董秘",
    "对接人",
    "招商专员",
    "投资经理",
    "招商经理",
    "营销总监",
    "技术总监",
    "运营总监",
    "创始人",
    "实控人",
    "实际控制人",
    "总代表",
    "行长",
    "主任科员",
    "科员",
    "干事",
    "ceo",
    "cfo",
    "coo",
    "cto",
    "vp",
    "mr",
    "mrs",
    "ms",
    "dr",
    "manager",
    "director",
]
_TITLE = "|".join(sorted(_TITLES, key=len, reverse=True))
_BRACKET = re.compile(r"[(\[【<][^()\[\]【】<>]*[)\]】>]")
_LABELS = re.compile(
    r"(?:企业|项目|公司|投资方|客商|甲方|乙方|我方|对方|外商|招商|属地|镇街)?(?:联系人|联系方式|联系电话|电话号码|电话|手机号码|手机号|手机|座机|固话|负责人|联络人|对接人|姓名|tel|mobile|phone|contact|办公室?|微信|同号|及)"
    r"(?:员)?[及和与]?(?:联系)?(?:电话|方式)?[:：]?",
    re.I,
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦肖覃辜丘楼付代迟初苟丛仝兰"
)
_COMPOUND = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "夏侯",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "司空",
        "端木",
        "南宫",
        "百里",
        "呼延",
    ]
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.'\-]+(?: [A-Za-z][A-Za-z.'\-]*){0,3}")
_SPLIT = re.compile(r"[,，、;；/|\n\t:：。\-—]+|\s+")


def phone_digits(text: str) -> str:
    """Digits only, without the country code of China."""
    digits = re.sub(r"\D", "", text)
    return digits[2:] if len(digits) == 13 and digits.startswith("861") else digits


def phones_in(text: str) -> list[str]:
    """Digits of every telephone in the text."""
    return [phone_digits(match[0]) for match in _PHONE.finditer(clean(text))]


@lru_cache(maxsize=8192)
def looks_like_name(text: str) -> bool:
    """A Chinese personal name of two to four characters that begins with a surname."""
    if not 2 <= len(text) <= 4 or not _HAN_NAME.fullmatch(text):
        return False
    return (
        (text[0] in _SURNAMES and len(text) <= 3) or text[:2] in _COMPOUND or (text[0] in _SURNAMES and "·" not in text)
    )


def bare_name(text: str) -> str:
    """The name without title; 张总 and 李经理 keep the surname only when nothing else is there."""
    text = _BRACKET.sub("", text).strip(" ,、;:：.。-—/")
    text = re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff]$)", "", text)
    while True:
        shorter = re.sub(rf"(?:{_TITLE})$", "", text, flags=re.I).strip(" ,、;:：.-—/")
        if shorter == text or len(shorter) < 2:
            break
        text = shorter
    shorter = re.sub(rf"^(?:{_TITLE})[:：\s]*", "", text, flags=re.I)
    return shorter if len(shorter) >= 2 else text


def names_in(text: str) -> list[str]:
    """Personal names of a cell without telephones, in order."""
    text = _PHONE.sub("\n", clean(text))
    text = re.sub(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![\u4e00-\u9fff])", r"\1\2", text)
    text = _LABELS.sub("\n", _BRACKET.sub(" ", text))
    if re.fullmatch(r"[A-Za-z.'\- ]+", text.strip()):
        return [text.strip()] if len(text.strip()) > 1 else []
    text = re.sub(r"(?<=[A-Za-z]) (?=[A-Za-z])", "\x00", text)
    found = []
    for part in _SPLIT.split(text):
        name = bare_name(part.replace("\x00", " "))
        if _is_person(name):
            found.append(name)
    return found


_ONLY_TITLE = re.compile(rf"(?:{_TITLE})+", re.I)


def _is_person(name: str) -> bool:
    if _ONLY_TITLE.fullmatch(name):
        return False
    if _LATIN_NAME.fullmatch(name):
        return len(name) > 2
    if not _HAN_NAME.fullmatch(name):
        return False
    return looks_like_name(name) or (2 <= len(name) <= 3) or "·" in name


_HELD_PHONE = re.compile(rf"[(\[【<]([^()\[\]【】<>]*?{_PHONE.pattern}[^()\[\]【】<>]*)[)\]】>]")
"""王五(13900001234), 王五(经理,13900001234): the bracket holds the telephone, not a remark on the name."""


@lru_cache(maxsize=32768)
def read_contacts(text: str) -> tuple[ContactFound, ...]:
    """Pairs of a cell that holds people, telephones or both."""
    text = clean(text)
    if is_nothing(text):
        return ()
    text = _HELD_PHONE.sub(r" \1 ", text)
    phones = list(_PHONE.finditer(text))
    if not phones:
        return tuple(ContactFound(name, "") for name in names_in(text))
    if not names_in(text):
        text = re.sub(r"[()\[\]【】<>]", " ", text)
        phones = list(_PHONE.finditer(text))
    pieces = [
        text[a:b]
        for a, b in zip([0, *(one.end() for one in phones)], [*(one.start() for one in phones), len(text)], strict=True)
    ]
    names = [names_in(piece) for piece in pieces]
    digits = [phone_digits(one[0]) for one in phones]
    before, after = names[:-1], names[1:]
    if all(len(part) == 1 for part in before) and not names[-1]:
        return _paired([part[0] for part in before], digits)
    if not names[0] and all(len(part) == 1 for part in after):
        return _paired([part[0] for part in after], digits)
    if names[0] and not any(names[1:]):
        return pair(names[0], digits)
    if names[-1] and not any(names[:-1]):
        return pair(names[-1], digits)
    return _mixed(names, digits)


def _mixed(names: list[list[str]], digits: list[str]) -> tuple[ContactFound, ...]:
    """Each telephone belongs to the names directly before it, or without any to the last person named."""
    found: list[ContactFound] = []
    holder = ""
    for index, phone in enumerate(digits):
        here = names[index]
        for extra in here[:-1]:
            found.append(ContactFound(extra, ""))
        holder = here[-1] if here else holder
        if not holder and index + 1 < len(names) and names[index + 1]:
            holder = names[index + 1][0]
        found.append(ContactFound(holder, phone))
    return tuple(found)


def _paired(names: list[str], digits: list[str]) -> tuple[ContactFound, ...]:
    return tuple(ContactFound(name, phone) for name, phone in zip(names, digits, strict=True))


def pair(names: list[str], digits: list[str]) -> tuple[ContactFound, ...]:
    """Names and telephones in corresponding order; what is left over stays alone, further phones go to a single person."""
    if not digits:
        return tuple(ContactFound(name, "") for name in names)
    if not names:
        return tuple(ContactFound("", phone) for phone in digits)
    if len(names) == 1:
        return tuple(ContactFound(names[0], phone) for phone in digits)
    found = [ContactFound(name, phone) for name, phone in zip(names, digits, strict=False)]
    found += [ContactFound(name, "") for name in names[len(digits) :]]
    found += [ContactFound("", phone) for phone in digits[len(names) :]]
    return tuple(found)
