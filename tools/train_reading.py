"""Trains the models of the reading engine from `benchmarks/reading/training` and the hand-written texts; the same files give the same models.

python tools/train_reading.py            train names and stages on everything and write them to src/zhaoyin/engines/reading/data
python tools/train_reading.py --drafts   then: fit which records are drafts and how sure they are
python tools/train_reading.py --measure  train on four fifths of the phrases, score the fifth that was held out
"""

import argparse
import hashlib
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pycrfsuite

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading.documents import Document, documents
from benchmarks.reading.training.invented import firm
from benchmarks.reading.training.sentences import CONTEXTS, filled, frames
from benchmarks.reading.varied import FILES, varied
from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.amount_model import AmountModel, amount_signs
from zhaoyin.engines.reading.assembling import analysed, settled_names
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.confidence import FIELDS, ConfidenceModel, fitted
from zhaoyin.engines.reading.facts import names_by_rules
from zhaoyin.engines.reading.learning import Clause, Told, clauses_of
from zhaoyin.engines.reading.lexicon import words
from zhaoyin.engines.reading.name_model import MODELS
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.record_model import OUTCOMES, RecordModel, Signs, base_records, signs_of
from zhaoyin.engines.reading.records import Record
from zhaoyin.engines.reading.relation_model import CLASSES as RELATIONS
from zhaoyin.engines.reading.relation_model import Pairs, RelationModel
from zhaoyin.engines.reading.relations import LinkReader
from zhaoyin.engines.reading.sentences import Clauses, InOrder
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.stage_model import CLASSES, STEPS, StageModel, base_model, features
from zhaoyin.engines.reading.stages import Step, find_cues, words_ahead
from zhaoyin.engines.reading.tagger import sentence_spans, token_features, with_gaps

TRAINING = Path(__file__).resolve().parents[1] / "benchmarks/reading/training"
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
TARGET = Path(__file__).resolve().parents[1] / "src/zhaoyin/engines/reading/data/stages.tsv"
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
NOT_LEARNED = frozenset(f"voices_{kind}_{number}.txt" for kind in ("plain", "messy") for number in (14, 17, 18))
"""Texts of the last three writers that no model has learned from yet."""
EVERYDAY = tuple(file for file in FILES if file.startswith(("everyday_", "voices_")) and file not in NOT_LEARNED)
WRITTEN = (
    "varied.txt",
    "varied_2.txt",
    "varied_3.txt",
    "varied_4.txt",
    "unseen_01.txt",
    "unseen_02.txt",
    "unseen_03.txt",
    "unseen_04.txt",
    "unseen_05.txt",
    "unseen_06.txt",
    "unseen_07.txt",
    "unseen_08.txt",
    "ordinary_01.txt",
    "ordinary_02.txt",
    *(f"plain_{number}.txt" for number in range(1, 7)),
    *(f"messy_{number}.txt" for number in range(1, 7)),
    *EVERYDAY,
)
"""Hand-written texts that both models may learn from; what is measured as unseen is never among them."""
FOLDS = tuple(WRITTEN[start::4] for start in range(4))
"""Each part's drafts are made by models that have not seen it."""
LEAST_WEIGHT, LEAST_OF_A_MEAN = 0.02, 0.04
AS_IT_IS, RENAMED = 3, 10
"""Copies of each hand-written text with other names."""
DIGITS = "0123456789abcdef"
SINGLE = 0.5
"""Value of a single character beside 1 for longer pieces."""
TAUGHT = 2
"""Times that a clause of the hand-written texts counts."""
BLIND = 0.35
"""Share of the tagger's sentences that do not show it what the rules placed."""
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
    return StageModel(
        {feature: tuple((number, value) for number, value in enumerate(row) if value) for feature, row in rows.items()}
    )


def write(model: StageModel) -> None:
    """The data file: feature, then class number and hundredths of its weight."""
    lines = ["# made by tools/train_reading.py from benchmarks/reading/training/stages.txt (our own words)"]
    for feature, row in sorted(model.weights.items()):
        cells = [f"{DIGITS[number]}{round(value * 100)}" for number, value in row]
        if "\t" not in feature and not feature.startswith("#"):
            lines.append("\t".join([feature, *cells]))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def mean_of_stages(one: StageModel, other: StageModel) -> StageModel:
    """Half the weights of each: two fits together are right more often on texts that neither has seen (benchmarks/reading/README.md)."""
    rows: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for model in (one, other):
        for feature, row in model.weights.items():
            for number, weight in row:
                rows[feature][number] += weight / 2
    found = {
        feature: tuple((number, weight) for number, weight in sorted(row.items()) if abs(weight) >= LEAST_OF_A_MEAN)
        for feature, row in rows.items()
    }
    return StageModel({feature: row for feature, row in found.items() if row})


def mean_of_records(one: RecordModel, other: RecordModel) -> RecordModel:
    """The same for the record model."""
    nothing = (0.0,) * len(OUTCOMES)
    signs = sorted({*one.weights, *other.weights})
    pairs = {sign: zip(one.weights.get(sign, nothing), other.weights.get(sign, nothing), strict=True) for sign in signs}
    return RecordModel({sign: tuple(round((x + y) / 2, 3) for x, y in pair) for sign, pair in pairs.items()})


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


def sequences(copies: int, *, held_out: bool | None, seed: int = 0) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and labels of filled frames; `held_out` None takes all frames, True only the held-out fifth."""
    source = random.Random(seed + 2)
    said = [phrase for label, phrase in phrases()]
    for times, frame in [*((copies, one) for one in frames()), *((copies // 3, one) for one in frames(CONTEXTS))]:
        if held_out is not None and is_held_out(frame) is not held_out:
            continue
        for _ in range(times):
            text, spans = filled(frame, said, source)
            yield from labelled(text, spans)


def written(without: str = "", seed: int = 0) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The sentences of the hand-written texts that are no longer unseen, also with other names in their places."""
    source = random.Random(seed + 4)
    for name in (one for one in WRITTEN if one not in without.split(",")):
        for document in varied(name):
            spans = [(start, end) for start, end, kind in document.spans if kind != "MON"]
            for _ in range(AS_IT_IS):
                yield from labelled(document.text, spans)
            for _ in range(RENAMED):
                yield from labelled(*renamed(document.text, spans, source))


def renamed(text: str, spans: list[tuple[int, int]], source: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """The text with invented names where its firms stand; the same firm keeps one name."""
    names: dict[str, str] = {}
    made, found, position = "", [], 0
    for start, end in sorted(spans):
        name = names.setdefault(text[start:end], firm(source))
        made += text[position:start]
        found.append((len(made), len(made) + len(name)))
        made += name
        position = end
    return made + text[position:], found


def labelled(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The sentences of a text as the tagger sees them, with B, I and O."""
    state = names_by_rules(canonical(text))
    waiting = list(state.token_runs)
    for start, end in sentence_spans(state.masked):
        tokens = [token for run in waiting for token in run if start <= token.start < end]
        if not tokens:
            continue
        tokens = with_gaps(state.masked, start, end, tokens)
        marks = []
        for token in tokens:
            inside = next((span for span in spans if span[0] <= token.start < span[1]), None)
            marks.append("O" if inside is None else "B" if token.start == inside[0] else "I")
        yield token_features(tokens, state.board), marks


def train_names(data: Iterator[tuple[list[list[str]], list[str]]], path: Path, seed: int = 0) -> None:
    """Write a model of names."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.3, "c2": 0.05, "max_iterations": 160, "feature.possible_transitions": True, "feature.minfreq": 2}
    )
    source = random.Random(seed + 3)
    for features_of, marks in data:
        if source.random() < BLIND:
            features_of = [[one for one in row if one[0] not in "no"] for row in features_of]
        trainer.append(features_of, marks)
    trainer.train(str(path))


def told_amounts(files: Sequence[str]) -> Iterator[tuple[set[str], bool]]:
    """Signs of the amounts of the files' texts, and whether a project of the text has it for its total."""
    rules = ReadingParams(amounts=AmountModel({}))
    for document in (document for name in files for document in varied(name)):
        work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=rules)
        totals = {amount for _, amount, _ in document.records}
        for number, signs in amount_signs(work.facts, work.rule_roles):
            yield signs, float(work.facts.money[number].money.value) in totals


def trained_amounts(files: Sequence[str]) -> AmountModel:
    """Weights of at least `LEAST_WEIGHT`, in hundredths."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 1.5, "max_iterations": 150, "feature.minfreq": 3})
    for signs, is_total in told_amounts(files):
        trainer.append([sorted(signs)], ["yes" if is_total else "no"])
    weights = _binary_weights(trainer)
    return AmountModel(
        {sign: round(weight, 2) for sign, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT}
    )


def write_amounts(model: AmountModel) -> None:
    """The data file: sign, then hundredths of its weight."""
    lines = ["# made by tools/train_reading.py from the hand-written texts (our own words)"]
    lines += [f"{sign}\t{round(weight * 100)}" for sign, weight in model.weights.items() if not _breaks(sign)]
    TARGET.with_name("amounts.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _breaks(sign: str) -> bool:
    return sign.startswith("#") or "\t" in sign or "\n" in sign


def told_relations(files: Sequence[str]) -> Iterator[tuple[set[str], list[bool]]]:
    """Signs of each place at which two parties of the files' texts stand near each other, and which of `relation_model.CLASSES` hold for them."""
    for document in (document for name in files for document in varied(name)):
        work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)))
        frames = work.frames()
        settled = settled_names(work.decisions(frames.read(work.sentences)))
        reader = LinkReader(work.facts, work.sentences, frames.subsidiaries, settled)
        pairs = Pairs(work.facts, work.sentences, reader.read(), reader.namers)
        wanted = {
            (kind, *pair)
            for kind, heads, tails in document.links
            for pair in product(_numbers(pairs, heads), _numbers(pairs, tails))
        }
        for places, _ in pairs.near():
            for (first, second), signs in places:
                yield (
                    signs,
                    [
                        (kind.value, *((first, second) if ahead else (second, first))) in wanted
                        for kind, ahead in RELATIONS
                    ],
                )


def _numbers(pairs: Pairs, names: frozenset[str]) -> list[int]:
    wanted = {canonical(name) for name in names}
    return [
        number
        for number, party in enumerate(pairs.parties)
        if not wanted.isdisjoint("".join(name.split()) for name in party.names)
    ]


def trained_relations(files: Sequence[str]) -> RelationModel:
    """A logistic regression for each class; weights of at least `LEAST_WEIGHT`."""
    data = [(sorted(signs), hold) for signs, hold in told_relations(files)]
    rows: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number in range(len(RELATIONS)):
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.5, "max_iterations": 150, "feature.minfreq": 2})
        for signs, hold in data:
            trainer.append([signs], ["yes" if hold[number] else "no"])
        for sign, weight in sorted(_binary_weights(trainer).items()):
            if abs(weight) >= LEAST_WEIGHT:
                rows[sign].append((number, round(weight, 2)))
    return RelationModel({sign: tuple(row) for sign, row in sorted(rows.items())})


def _binary_weights(trainer: pycrfsuite.Trainer) -> dict[str, float]:
    """Weight of each sign for yes against no."""
    weights: Counter[str] = Counter()
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        for (sign, label), weight in tagger.info().state_features.items():
            weights[sign] += weight if label == "yes" else -weight
    return dict(weights)


def write_relations(model: RelationModel) -> None:
    """The data file: sign, then class number and hundredths of its weight."""
    lines = ["# made by tools/train_reading.py from the hand-written texts (our own words)"]
    for sign, row in model.weights.items():
        if not _breaks(sign):
            lines.append("\t".join([sign, *(f"{DIGITS[number]}{round(weight * 100)}" for number, weight in row)]))
    TARGET.with_name("relations.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def judged_drafts(document: Document, params: ReadingParams) -> Iterator[tuple[tuple[float, ...], dict[str, bool]]]:
    """The signs of each draft of the document, and which of its fields are right."""
    reading = solve(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=params)
    left = list(document.records)
    for draft in reading.projects:
        surfaces = {"".join(name.split()) for name in draft.companies}
        value = float(draft.amount.money.value) if draft.amount else None
        stage = stage_label(draft)
        own = [gold for gold in left if gold[0] & surfaces]
        gold = max(own, key=lambda one: (one[1] == value) + (one[2] == stage), default=None)
        if gold is not None:
            left.remove(gold)
        right = {"company": gold is not None, "amount": gold is not None and gold[1] == value}
        right["stage"] = gold is not None and gold[2] == stage
        yield draft.signs, right | {"record": all(right.values())}


def fold_params(files: Sequence[str], copies: int, names: int) -> ReadingParams:
    """Models that learned from everything but the files."""
    without = ",".join(files)
    rows = [*sequences(names, held_out=None), *written(without)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names"
        train_names(iter(rows), path)
        tagger = path.read_bytes()
    data = list(examples(copies))
    model = trained(data)
    return ReadingParams(stages=trained(data, taught=list(told_clauses(model, without))), names=tagger)


Candidate = tuple[Signs, Step | None, bool]
"""Signs of a record, its stage (None: no project), and whether its text is as rough as most are."""


def candidates(document: Document, params: ReadingParams, *, everyday: bool) -> Iterator[Candidate]:
    """Every record that the rules propose or doubt, with the stage of the gold record that it is."""
    work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=params)
    records = work.frames().read(work.sentences)
    around = work.surroundings(records)
    judged = InOrder(work.stages.kept)
    gold: dict[int, str] = {}
    left = list(document.records)
    for closeness in (3, 2, 1):
        for number in sorted(range(len(records)), key=lambda one: not records[one].accepted):
            if number in gold:
                continue
            hit = next((one for one in left if closeness <= _likeness(records[number], around[number].step, one)), None)
            if hit is not None:
                left.remove(hit)
                gold[number] = hit[2]
    for number, record in enumerate(records):
        stage = gold.get(number)
        step = STEPS[stage] if stage is not None else None
        yield signs_of(record, judged, around[number]), step, everyday


def _likeness(record: Record, step: Step, gold: tuple[frozenset[str], float | None, str]) -> int:
    """0 for another firm, else 1 and one more for the amount and one more for the stage on top of it."""
    names = {"".join(mention.text.split()) for cluster in record.clusters for mention in cluster.mentions}
    wanted = {canonical(name) for name in gold[0]}
    if not (names & wanted or not (names or wanted)):
        return 0
    value = float(record.amount.money.value) if record.amount is not None else None
    return 1 if value != gold[1] else 2 if STEPS[gold[2]] is not step else 3


def fitted_records(found: Sequence[Candidate]) -> RecordModel:
    """Weights by crfsuite, every everyday text twice."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": 2.0, "max_iterations": 200, "feature.possible_states": True})
    names = {outcome: "none" if outcome is None else outcome.name for outcome in OUTCOMES}
    for signs, step, everyday in found:
        for _ in range(2 if everyday else 1):
            trainer.append([dict(sorted(signs.items()))], [names[step]])
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        rows: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(OUTCOMES))
        places = [names[outcome] for outcome in OUTCOMES]
        for (sign, label), weight in tagger.info().state_features.items():
            rows[sign][places.index(label)] = round(weight, 3)
    return RecordModel({sign: tuple(row) for sign, row in sorted(rows.items())})


def train_drafts(copies: int, names: int, *, mean: bool) -> None:
    """Fit which records are drafts, on texts that the other models had and had not seen, and how sure drafts of unseen ones are; write both."""
    parts: list[tuple[ReadingParams, list[Document], list[Candidate]]] = []
    usual = ReadingParams()
    with ProcessPoolExecutor() as pool:
        learned = list(pool.map(fold_params, FOLDS, [copies] * len(FOLDS), [names] * len(FOLDS)))
    for files, params in zip(FOLDS, learned, strict=True):
        told = [(document, file in EVERYDAY) for file in files for document in varied(file)]
        found = [
            one
            for models in (params, usual)
            for document, everyday in told
            for one in candidates(document, models, everyday=everyday)
        ]
        parts.append((params, [document for document, _ in told], found))
    plainest = [one for document in documents() for one in candidates(document, usual, everyday=False)]
    model = fitted_records([*plainest, *(one for _, _, found in parts for one in found)])
    if mean:
        model = mean_of_records(model, base_records())
    lines = ["# made by tools/train_reading.py --drafts: sign, then its weight for each of record_model.OUTCOMES"]
    lines += ["\t".join([sign, *(f"{value:g}" for value in row)]) for sign, row in model.weights.items()]
    TARGET.with_name("records.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    judgements: list[tuple[int, tuple[float, ...], dict[str, bool]]] = []
    for number, (params, texts, _) in enumerate(parts):
        others = [one for place, (_, _, found) in enumerate(parts) if place != number for one in found]
        unseen = replace(params, records=fitted_records([*plainest, *others]))
        for document in texts:
            judgements += [(number, *one) for one in judged_drafts(document, unseen)]
    write_confidence(judgements)


def write_confidence(found: Sequence[tuple[int, tuple[float, ...], dict[str, bool]]]) -> None:
    """Fit on drafts of texts that their models had not seen, print how well it is calibrated, write the weights."""
    weights: dict[str, tuple[float, ...]] = {}
    for field in FIELDS:
        pairs: list[tuple[float, bool]] = []
        for number in range(len(FOLDS)):
            model = ConfidenceModel(
                {field: fitted([(signs, right[field]) for fold, signs, right in found if fold != number])}
            )
            pairs += [(model.chance(field, signs), right[field]) for fold, signs, right in found if fold == number]
        print(field, len(pairs), report(pairs))
        weights[field] = fitted([(signs, right[field]) for _, signs, right in found])
    lines = ["# made by tools/train_reading.py --drafts: field, then one weight for each of confidence.SIGNS"]
    lines += ["\t".join([field, *(f"{value:.3f}" for value in row)]) for field, row in weights.items()]
    TARGET.with_name("confidence.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(pairs: Sequence[tuple[float, bool]]) -> str:
    """Expected calibration error in ten bins; share and precision above each threshold."""
    error = 0.0
    for step in range(10):
        inside = [(chance, right) for chance, right in pairs if step / 10 <= chance < (step + 1) / 10 + (step == 9)]
        if inside:
            error += abs(sum(chance for chance, _ in inside) - sum(right for _, right in inside)) / len(pairs)
    parts = [f"right {sum(right for _, right in pairs) / len(pairs):.3f}", f"error {error:.3f}"]
    for least in (0.6, 0.7, 0.8, 0.9):
        above = [right for chance, right in pairs if chance >= least]
        if above:
            parts.append(f">={least}: {len(above) / len(pairs):.2f} of them, {sum(above) / len(above):.3f} right")
    return ", ".join(parts)


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--names", type=int, default=45, help="copies of each frame for the tagger; 0 leaves it alone")
    parser.add_argument(
        "--mean",
        action="store_true",
        help="write the mean of the new fit of stages or drafts and of the one that is shipped",
    )
    parser.add_argument("--only", type=int, help="train this one of the models of names (1, 2) and nothing else")
    parser.add_argument(
        "--written", action=argparse.BooleanOptionalAction, default=True, help="learn from the hand-written texts too"
    )
    parser.add_argument("--without", default="", help="a hand-written file to leave out")
    parser.add_argument(
        "--drafts",
        action="store_true",
        help="fit instead which records are drafts, and how sure they are (some minutes)",
    )
    options = parser.parse_args()
    if options.drafts:
        train_drafts(options.copies, options.names, mean=options.mean)
        return
    for number, name in enumerate(MODELS if options.names else ()):
        if options.only is not None and options.only != number + 1:
            continue
        seed = 10 * number
        told = written(options.without, seed) if options.written else ()
        rows = [*sequences(options.names, held_out=None, seed=seed), *told]
        train_names(iter(rows), TARGET.with_name(name), seed)
    if options.only is not None:
        return
    data = list(examples(options.copies))
    if options.measure:
        measure(data)
    else:
        model = trained(data)
        for _ in range(2 if options.written else 0):
            model = trained(data, taught=list(told_clauses(model, options.without)))
        write(mean_of_stages(model, base_model()) if options.mean else model)
        print(f"{len(data)} examples, {len(model.weights)} features")
        if options.written:
            files = [one for one in WRITTEN if one not in options.without.split(",")]
            write_amounts(trained_amounts(files))
            write_relations(trained_relations(files))


if __name__ == "__main__":
    main()
