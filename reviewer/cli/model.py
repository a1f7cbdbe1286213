"""`reviewer model`: train, evaluate and show the classifier."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.cli.labels import labels
from reviewer.cli.options import JsonOption, PolicyOption
from reviewer.cli.setting import settings
from reviewer.errors import ConfigurationError, UsageError
from reviewer.language import tr
from reviewer.report.words import category_name
from reviewer.resources import shipped
from reviewer.screen import screener_for
from reviewer.terms import DetectorKind

if TYPE_CHECKING:
    from reviewer.detect import Ruleset
    from reviewer.learn.labels import Label

app = typer.Typer(name="model", help=tr("分类器：训练、评估、查看", "the classifier"), no_args_is_help=True)

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", metavar="FOLDER", help=tr("语料文件夹（*.jsonl）", "corpus folder (*.jsonl)"))
]


LabelsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--labels",
        metavar="FILE",
        help=tr("本单位裁定过的段落（*.jsonl），可重复", "passages on which the office ruled (*.jsonl); repeat it"),
    ),
]

app.command(
    "labels",
    help=tr(
        "从文件和裁定中取出段落，作训练用的标注（含原文，只供本单位）。",
        "the passages on which people ruled, for training; holds text of the documents",
    ),
)(labels)


@app.command(
    "train",
    help=tr(
        "用 scikit-learn 训练，导出为普通数组、清单和说明卡；同样的语料和标注得到同样的字节。",
        "train with scikit-learn, export plain arrays, manifest and card; the same corpus and labels, the same bytes",
    ),
)
def train(
    corpus: CorpusOption = None,
    labelled: LabelsOption = None,
    persons: Annotated[
        Path | None,
        typer.Option(
            "--persons",
            metavar="FOLDER",
            help=tr(
                "关于人的语料文件夹；不写则人名和私事部分沿用随程序的",
                "folder of texts about persons; without it what is learned of persons stays as shipped",
            ),
        ),
    ] = None,
    network: Annotated[
        bool,
        typer.Option(
            "--network",
            help=tr(
                "语料未变也重新学网络（约半小时）；不写则沿用",
                "learn the network anew (half an hour) even if the corpus is the same; without it, it is kept",
            ),
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=tr("写到哪里（默认 models；有标注时必须写明）", "where to (default models; to be named with labels)"),
        ),
    ] = None,
) -> None:
    from reviewer.learn.export import CARD, train_and_write

    home = shipped("models")
    ruled = _labels(labelled)
    if ruled and output is None:
        raise UsageError(
            tr(
                "有 --labels 时须用 -o 写明本单位模型的文件夹：随程序的模型不覆盖",
                "with --labels name the folder of your own model with -o: the shipped one is left alone",
            )
        )
    if ruled and network:
        raise UsageError(
            tr(
                "--labels 与 --network 不能同用：网络只从语料学，随程序的没有见过本单位的裁定",
                "--labels and --network exclude each other: the network learns from the corpus alone",
            )
        )
    target = output or home
    evaluation = train_and_write(_corpus(corpus), home, target, ruled, persons, network=network)
    for category, one in evaluation.categories.items():
        typer.echo(f"{category_name(category.value)}：AUC {one.auc:.3f}，{tr('找到', 'found')} {one.found}")
    if ruled:
        _say_agreement(ruled, home, target)
    typer.echo(tr(f"已写入 {target}，说明见 {target / CARD}", f"written to {target}; see {target / CARD}"))
    failing = unfit(screener_for(settings(None, None)).ruleset, target) if ruled else ()
    if failing:
        raise ConfigurationError(
            tr(
                f"这个模型通不过规则自己的例子，不能启用：{'；'.join(failing)}。多给些标注，或在语料上重新训练",
                f"this model fails the rules' own examples and cannot be used: {'; '.join(failing)}. Give more labels",
            )
        )


def unfit(ruleset: Ruleset, model: Path) -> tuple[str, ...]:
    """One line for each example of a classifier's rule that fails with the model of this folder."""
    from reviewer.detect.proof import failures_of_rule

    tried = replace(ruleset, models=model)
    rules = tried.by_kind.get(DetectorKind.CLASSIFIER, ())
    return tuple(failure for rule in rules for failure in failures_of_rule(tried, rule))


def _say_agreement(ruled: Sequence[Label], before: Path, after: Path) -> None:
    """How many passages each model judges as people did, each passage by itself."""
    from reviewer.detect.model import load_model
    from reviewer.learn.agreement import agreement

    old, new = agreement(ruled, load_model(before)), agreement(ruled, load_model(after))
    name = "" if after.is_absolute() else f'；在 reviewer.toml 写 model = "{after}" 后生效'
    typer.echo(
        tr(
            f"裁定过的 {len(ruled)} 段，随程序的模型与裁定一致 {old}，新模型 {new}{name}",
            f"of {len(ruled)} passages ruled on, the shipped model agrees on {old}, this one on {new}",
        )
    )


@app.command(
    "evaluate",
    help=tr(
        "在未见过的作者的文字上评估：召回率、精确率、F2、平衡准确率、AUC、ECE，带置信区间。",
        "on authors left out: recall, precision, F2, balanced accuracy, AUC, ECE, with intervals",
    ),
)
def evaluate(
    corpus: CorpusOption = None,
    labelled: LabelsOption = None,
    as_json: JsonOption = False,
) -> None:
    from reviewer.cli.measured import content, lines
    from reviewer.learn.corpus import read_corpus, sentences_of
    from reviewer.learn.export import unseen_of_secrets
    from reviewer.learn.labels import texts_of
    from reviewer.learn.measures import measures
    from reviewer.learn.training import read_background

    folder, home = _corpus(corpus), shipped("models")
    texts = (*read_corpus(folder), *texts_of(_labels(labelled)))
    sentences = sentences_of(texts)
    network = unseen_of_secrets(folder, home, sentences)
    found = measures(texts, sentences, read_background(home), network)
    if as_json:
        typer.echo(json.dumps(content(found), ensure_ascii=False, indent=1))
        return
    for line in lines(found):
        typer.echo(line)


def _labels(files: Sequence[Path] | None) -> tuple[Label, ...]:
    from reviewer.learn.labels import read_labels

    return tuple(label for file in files or () for label in read_labels(file))


@app.command(
    "show",
    help=tr(
        "显示所用模型的清单和说明卡；被改动过的模型拒绝使用。",
        "show manifest and card of the model in use; an altered one is refused",
    ),
)
def show(policy: PolicyOption = None) -> None:
    from reviewer.detect.model import MANIFEST, load_model

    home = screener_for(settings(policy, None)).ruleset.models
    model = load_model(home)
    typer.echo(model.digest)
    manifest = json.loads((home / MANIFEST).read_text("utf-8"))
    for key in ("reviewer", "texts", "sentences", "corpus_sha256", "labels_sha256", "weights_sha256"):
        if key in manifest:
            typer.echo(f"{key}: {manifest[key]}")
    typer.echo((home / "card.md").read_text("utf-8"))


def _corpus(named: Path | None) -> Path:
    folder = named or shipped("models") / "corpus"
    if not folder.is_dir():
        raise ConfigurationError(
            tr(
                f"{folder}：没有语料。安装包里不带语料，请从源码目录训练，或用 --corpus 指定",
                f"{folder}: no corpus. The wheel carries none: train from the source tree, or name one with --corpus",
            )
        )
    return folder
