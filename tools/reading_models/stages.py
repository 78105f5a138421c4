"""The stage model, `zhaoyin.engines.reading.stage_model`: what a clause says about a project's state."""

import hashlib
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import pycrfsuite
from tools.reading_models.files import breaks, write_data
from tools.reading_models.written import WRITTEN

from benchmarks.reading.varied import TEXTS, varied
from zhaoyin.engines.reading.learning import Clause, Told, clauses_of
from zhaoyin.engines.reading.lexicon import words
from zhaoyin.engines.reading.packing import packed, row_line
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.sentences import Clauses
from zhaoyin.engines.reading.stage_model import CLASSES, StageModel, features
from zhaoyin.engines.reading.stages import find_cues, words_ahead

TRAINING = TEXTS.with_name("training")
SOURCES = tuple(
    TRAINING / name
    for name in (
        "stages.txt",
        "stages_official.txt",
        "stages_spoken.txt",
        "stages_clauses.txt",
        "stages_stories.txt",
        "stages_voices.txt",
        "stages_later.txt",
    )
)
BEFORE = (
    "",
    "",
    "",
    "",
    "目前",
    "现在",
    "已",
    "D",
    "C",
    "P",
    "C的P",
    "该项目",
    "项目",
    "企业",
    "对方",
    "老板说",
    "据介绍",
    "现",
    "上周",
    "公司",
    "截至D",
    "目前P",
    "C已",
    "M",
    "C投资M的P",
    "截至目前",
    "那边",
    "昨天",
    "D,",
    "并",
    "且",
    "后",
)
AFTER = ("", "", "", "", "了", "。", ",", "中", ")", "的C", "的P")
PLANNED = (
    "F",
    "预计F",
    "力争F",
    "计划F",
    "将于F",
    "将",
    "争取",
    "有望F",
    "确保F",
    "拟于F",
    "F可",
    "等土地批下来后",
    "下月",
    "明年初",
    "年底前",
    "预计年底",
    "下一步",
    "预计明年",
    "今年底前",
    "力争早日",
    "尽快",
    "F就能",
    "届时",
    "目标F",
    "正为F",
    "推动",
    "准备",
    "待",
    "F前",
    "明年春天",
    "过了年",
    "开春",
    "要到F才能",
    "什么时候",
    "希望F",
    "打算F",
    "原定F",
)
NOT_YET = (
    "尚未",
    "还没",
    "未",
    "迟迟未",
    "仍未",
    "还未",
    "迟迟没有",
    "没有",
    "暂未",
    "至今没",
    "未能",
    "还不能",
    "一直没",
    "没能",
)
LATER = {
    "construction": "开工 动工 奠基 进场施工 封顶 竣工 设备进场 装修 安装设备 打桩 开建 实质性开工 完工 交付厂房 设备安装 调试设备 破土 建成 复工 主体封顶",
    "production": "投产 试产 试生产 量产 投用 点火 建成投产 达产 开业 运营 投入使用 竣工投产 出产品 供货 开机 出货 纳统 升规 投料",
    "land": "摘牌 拿地 供地 取得土地 交地 摘地",
    "landed": "注册 办执照 落户 挂牌 揭牌 入驻 注册公司 完成备案 落地 租厂房 成立项目公司 办理注册 完成立项 领照 搬迁 搬过来",
    "sited": "选址 确定选址 定地块",
    "signed": "签约 签合同 签协议 签订正式合同 正式签约 签字 签署投资协议 签订协议 签 敲章 盖章 完成签约",
}
LEAST_OF_A_MEAN = 0.04
SINGLE = 0.5
"""Value of a single character beside 1 for longer pieces."""
TAUGHT = 2
"""Times that a clause of the hand-written texts counts."""
NOISE = 6_000
"""Clauses of words drawn from the dictionary that say nothing about a project."""
Example = tuple[str, str, str]
"""Class, masked phrase, and the phrase (of the file) it was made from."""


def phrases() -> Iterator[tuple[str, str]]:
    """Class and phrase, in the order of the files."""
    label = ""
    for line in (line for source in SOURCES for line in source.read_text(encoding="utf-8").splitlines()):
        if line.startswith("= "):
            label = line[2:].strip()
        elif line and not line.startswith("#"):
            yield from ((label, phrase) for phrase in line.split("|") if phrase)
    for step, later in LATER.items():
        for word in later.split():
            for before in PLANNED:
                yield "negotiating" if step == "signed" else "plan", before + word
            for before in NOT_YET:
                yield "negotiating" if step == "signed" else "none", before + word


def is_held_out(phrase: str) -> bool:
    """A fifth of the phrases, by their words."""
    return hashlib.sha256(phrase.encode()).digest()[0] % 5 == 0


def examples(copies: int) -> Iterator[Example]:
    """Phrases with words before and behind them."""
    source = random.Random(1)
    for label, phrase in phrases():
        yield label, phrase, phrase
        for _ in range(copies if label != "none" else 2):
            yield label, source.choice(BEFORE) + phrase + source.choice(AFTER), phrase
    common = sorted(word for word, kind in words().items() if kind in "nvad")
    for _ in range(NOISE):
        phrase = "".join(source.choice(common) for _ in range(source.randint(1, 5)))
        yield "none", source.choice(BEFORE) + phrase, phrase


def cues_of(phrase: str) -> list[str]:
    """The rules' cues in a masked phrase."""
    days = [at for at, sign in enumerate(phrase) if sign == "F"]
    future = sorted([*days, *(start for start, _ in words_ahead(phrase, "2024-06-01"))])
    return [f"{cue.step.value}{'w' if cue.weak else ''}" for cue in find_cues(phrase, Clauses(phrase), future)]


def weighed(found: set[str]) -> dict[str, float]:
    """Features with their values: single characters count less, so that the model leans on words."""
    return {feature: _share(feature) for feature in sorted(found)}


def _share(feature: str) -> float:
    return SINGLE if len(feature) == 1 else 1.0


def told_clauses(model: StageModel, without: str = "") -> Iterator[Clause]:
    """Clauses of the hand-written texts, labelled by the stages of their records."""
    for name in (one for one in WRITTEN if one not in without.split(",")):
        for document in varied(name):
            told = [Told(names, stage) for names, _, stage in document.records]
            yield from clauses_of(ReadingProblem(document.text, date.fromisoformat(document.pub)), told, model)


def trained(data: list[Example], least: float = 0.05, taught: Sequence[Clause] = ()) -> StageModel:
    """Weights of at least `least`; every example also without the rules' cues, so that words are learned beside them."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.08, "c2": 0.02, "max_iterations": 120, "feature.possible_states": False})
    for label, masked, _ in data:
        cues = cues_of(masked)
        trainer.append([weighed(features(masked, cues))], [label])
        if cues:
            trainer.append([weighed(features(masked))], [label])
    for label, masked, rules in taught:
        both: set[tuple[str, ...]] = {tuple(rules), ()}
        for known in sorted(both):
            for _ in range(TAUGHT):
                trainer.append([weighed(features(masked, known))], [label])
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        rows: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(CLASSES))
        for (feature, label), weight in tagger.info().state_features.items():
            if abs(weight) >= least:
                rows[feature][CLASSES.index(label)] = round(weight * _share(feature), 2)
    return StageModel({feature: packed(enumerate(row)) for feature, row in rows.items()})


def write_stages(model: StageModel) -> None:
    """The data file: feature, then its row."""
    source = "made by tools/train_reading.py from benchmarks/reading/training/stages.txt (our own words)"
    lines = [row_line(feature, model.row(feature)) for feature in sorted(model.weights) if not breaks(feature)]
    write_data("stages.tsv", source, lines)


def mean_of_stages(one: StageModel, other: StageModel) -> StageModel:
    """Half the weights of each: two fits together are right more often on texts that neither has seen (benchmarks/reading/README.md)."""
    rows: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for model in (one, other):
        for feature in model.weights:
            for number, weight in model.row(feature):
                rows[feature][number] += weight / 2
    found = {
        feature: packed([(number, weight) for number, weight in row.items() if abs(weight) >= LEAST_OF_A_MEAN])
        for feature, row in rows.items()
    }
    return StageModel({feature: row for feature, row in found.items() if row})


def measure(data: list[Example]) -> None:
    """Scores of the held-out fifth: with rules' cues, and by words alone."""
    model = trained([one for one in data if not is_held_out(one[2])])
    tests = [(label, phrase) for label, phrase, origin in data if is_held_out(origin) and phrase == origin]
    for name, with_cues in (("words and rules", True), ("words", False)):
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for label, phrase in tests:
            chances = model.probabilities(phrase, cues_of(phrase) if with_cues else ())
            total[label] += 1
            right[label] += CLASSES[chances.index(max(chances))] == label
        share = sum(right.values()) / sum(total.values())
        print(
            name,
            f"{share:.3f}",
            {label: f"{right[label] / total[label]:.2f} of {total[label]}" for label in CLASSES if total[label]},
        )
    alone = sum(_by_rules(phrase) == label for label, phrase in tests) / len(tests)
    print(f"rules {alone:.3f}; features {len(model.weights)}")


def _by_rules(phrase: str) -> str:
    cues = cues_of(phrase)
    strong = [int(cue) for cue in cues if not cue.endswith("w")]
    if strong:
        return {
            0: "intent",
            1: "negotiating",
            2: "signed",
            3: "sited",
            4: "landed",
            5: "construction",
            6: "production",
            9: "terminated",
        }[max(strong)]
    return "plan" if cues else "none"
