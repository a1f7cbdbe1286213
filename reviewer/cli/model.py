"""`reviewer model`: train, evaluate and show the classifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.report.words import category_name
from reviewer.resources import shipped

app = typer.Typer(name="model", help=tr("分类器：训练、评估、查看", "the classifier"), no_args_is_help=True)

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", metavar="FOLDER", help=tr("语料文件夹（*.jsonl）", "corpus folder (*.jsonl)"))
]


@app.command(
    "train",
    help=tr(
        "用 scikit-learn 训练，导出为普通数组、清单和说明卡；同样的语料得到同样的字节。",
        "train with scikit-learn, export plain arrays, manifest and card; the same corpus gives the same bytes",
    ),
)
def train(
    corpus: CorpusOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help=tr("写到哪里（默认 models）", "where to"))
    ] = None,
) -> None:
    from reviewer.learn.export import CARD, train_and_write

    home = shipped("models")
    target = output or home
    evaluation = train_and_write(_corpus(corpus), home, target)
    for category, one in evaluation.categories.items():
        typer.echo(f"{category_name(category.value)}：AUC {one.auc:.3f}，{tr('找到', 'found')} {one.found}")
    typer.echo(tr(f"已写入 {target}，说明见 {target / CARD}", f"written to {target}; see {target / CARD}"))


@app.command(
    "evaluate", help=tr("在未见过的作者的文字上评估，带置信区间。", "evaluate on authors not seen, with intervals")
)
def evaluate(corpus: CorpusOption = None) -> None:
    from reviewer.learn.corpus import read_corpus, sentences_of
    from reviewer.learn.evaluation import evaluate as measure
    from reviewer.learn.training import read_background

    texts = read_corpus(_corpus(corpus))
    evaluation = measure(texts, sentences_of(texts), read_background(shipped("models")))
    for category, one in evaluation.categories.items():
        typer.echo(category_name(category.value))
        typer.echo(f"  AUC {one.auc:.3f}   ECE {one.calibration_error:.3f}")
        typer.echo(f"  {tr('阈值', 'threshold')} {one.threshold:.3f}")
        typer.echo(f"  {tr('找到', 'found')} {one.found}   {tr('误报', 'lawful raised')} {one.raised}")
    typer.echo(tr("任一类误报：", "lawful raised by any: ") + str(evaluation.raised_by_any))


@app.command(
    "show",
    help=tr(
        "显示所用模型的清单和说明卡；被改动过的模型拒绝使用。",
        "show manifest and card of the model in use; an altered one is refused",
    ),
)
def show() -> None:
    from reviewer.detect.model import MANIFEST, load_model

    home = shipped("models")
    model = load_model(home)
    typer.echo(model.digest)
    manifest = json.loads((home / MANIFEST).read_text("utf-8"))
    for key in ("reviewer", "texts", "sentences", "corpus_sha256", "weights_sha256"):
        typer.echo(f"{key}: {manifest.get(key)}")
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
