"""Province-level units of China by GB/T 2260 two-digit code, as region tables list them, and prefecture-level cities."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PROVINCES: dict[str, tuple[str, str]] = {
    "11": ("北京", "Beijing"), "12": ("天津", "Tianjin"), "13": ("河北", "Hebei"), "14": ("山西", "Shanxi"),
    "15": ("内蒙古", "Inner Mongolia"), "21": ("辽宁", "Liaoning"), "22": ("吉林", "Jilin"), "23": ("黑龙江", "Heilongjiang"),
    "31": ("上海", "Shanghai"), "32": ("江苏", "Jiangsu"), "33": ("浙江", "Zhejiang"), "34": ("安徽", "Anhui"),
    "35": ("福建", "Fujian"), "36": ("江西", "Jiangxi"), "37": ("山东", "Shandong"), "41": ("河南", "Henan"),
    "42": ("湖北", "Hubei"), "43": ("湖南", "Hunan"), "44": ("广东", "Guangdong"), "45": ("广西", "Guangxi"),
    "46": ("海南", "Hainan"), "50": ("重庆", "Chongqing"), "51": ("四川", "Sichuan"), "52": ("贵州", "Guizhou"),
    "53": ("云南", "Yunnan"), "54": ("西藏", "Tibet"), "61": ("陕西", "Shaanxi"), "62": ("甘肃", "Gansu"),
    "63": ("青海", "Qinghai"), "64": ("宁夏", "Ningxia"), "65": ("新疆", "Xinjiang"), "71": ("台湾", "Taiwan"),
    "81": ("香港", "Hong Kong"), "82": ("澳门", "Macau"),
}  # fmt: skip
"""Code → (Chinese short name, English name); 34 units."""

CITY_LENGTH = 4


def province_of(code: str) -> str:
    """Two-digit province code of any longer region code ("3702" → "37"); "" when unknown or abroad."""
    return code[:2] if code[:2] in PROVINCES else ""


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture-level city: names, and where it lies (degrees east and north, to 0.01)."""

    code: str
    name: str
    name_en: str
    longitude: float
    latitude: float


@cache
def cities() -> Mapping[str, City]:
    """Four-digit code → city; `data/cities.tsv` says where they come from."""
    lines = files("zhaoyin.domain").joinpath("data/cities.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {code: City(code, name, english, float(east), float(north)) for code, name, english, east, north in rows}


def region_name(code: str, *, english: bool = False) -> str:
    """Name of a province (2 digits) or city (4 digits and more); "" for a code that is neither."""
    city = cities().get(code[:CITY_LENGTH]) if len(code) >= CITY_LENGTH else None
    if city is not None:
        return city.name_en if english else city.name
    names = PROVINCES.get(code[:2])
    return "" if names is None else names[1 if english else 0]
