"""Trains the models of the reading engine from `benchmarks/reading/training` and the hand-written texts; the same files give the same models.

python tools/train_reading.py            train the models of lines, names, stages, amounts, relations and investors on everything and write them to src/zhaoyin/engines/reading/data
python tools/train_reading.py --drafts   then: fit which records are drafts and how sure they are
python tools/train_reading.py --measure  train on four fifths of the phrases, score the fifth that was held out
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.reading_models.amounts import trained_amounts, write_amounts
from tools.reading_models.drafts import train_drafts
from tools.reading_models.files import DATA, mean_of_rows
from tools.reading_models.investors import trained_investors, write_investors
from tools.reading_models.lines import train_lines
from tools.reading_models.names import sequences, train_names, written
from tools.reading_models.relations import trained_relations, write_relations
from tools.reading_models.stages import examples, mean_of_stages, measure, told_clauses, trained, write_stages
from tools.reading_models.written import WRITTEN

from zhaoyin.engines.reading.name_model import MODELS
from zhaoyin.engines.reading.relation_model import RelationModel, base_relations
from zhaoyin.engines.reading.stage_model import base_model


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--names", type=int, default=45, help="copies of each frame for the tagger; 0 leaves it alone")
    parser.add_argument(
        "--mean",
        action="store_true",
        help="write the mean of the new fit of stages, relations or drafts and of the one that is shipped",
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
    if options.only is None and options.written:
        train_lines(one for one in WRITTEN if one not in options.without.split(","))
    for number, name in enumerate(MODELS[:2] if options.names else ()):
        if options.only is not None and options.only != number + 1:
            continue
        seed = 10 * number
        told = written(options.without, seed) if options.written else ()
        rows = [*sequences(options.names, held_out=None, seed=seed), *told]
        train_names(iter(rows), DATA / name, seed)
    if options.only is not None:
        return
    data = list(examples(options.copies))
    if options.measure:
        measure(data)
    else:
        model = trained(data)
        for _ in range(2 if options.written else 0):
            model = trained(data, taught=list(told_clauses(model, options.without)))
        write_stages(mean_of_stages(model, base_model()) if options.mean else model)
        print(f"{len(data)} examples, {len(model.weights)} features")
        if options.written:
            files = [one for one in WRITTEN if one not in options.without.split(",")]
            write_amounts(trained_amounts(files))
            relations = trained_relations(files)
            if options.mean:
                known = base_relations()
                relations = RelationModel(mean_of_rows(relations, known, [*relations.weights, *known.weights]))
            write_relations(relations)
            write_investors(trained_investors(files))


if __name__ == "__main__":
    main()
