"""What a corpus takes: bytes for each snippet, part by part.

    python benchmarks/corpus_sizes.py CORPUS [--index milvus-lite] [--model MODEL]

CORPUS is a folder or a PostgreSQL URL; it is opened, and its index brought up, as a search would. Indexes are
measured in the files that this machine has of them: of a Milvus server its administrator sees the size.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.corpus.places import index_folder
from matcher.settings import Settings

# Smaller tables are added up.
_LEAST = 0.005  # of all


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus")
    parser.add_argument("--index")
    parser.add_argument("--model")
    given = parser.parse_args()
    with (
        Matcher(Settings(model=given.model)) as matcher,
        matcher.corpus(given.corpus, index=given.index) as corpus,
    ):
        state = corpus.state()
        snippets = state.stats.snippets
        print(f"{state.stats.candidates} people, {snippets} snippets, index: {state.index.split(',')[0]}")
        every = tables(corpus)
        least = _LEAST * sum(every.values())
        shown = {name: size for name, size in every.items() if size >= least}
        shown["other tables"] = sum(every.values()) - sum(shown.values())
        folder = index_folder(corpus.where, corpus.store.tenant)
        shown["index"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for name, size in sorted(shown.items(), key=lambda item: -item[1]):
            print(f"| {name} | {size / max(1, snippets):,.0f} |")
        print(f"| all | {sum(shown.values()) / max(1, snippets):,.0f} |")


def tables(corpus: Corpus) -> Mapping[str, int]:
    """Bytes of each table with its indexes, in SQLite's file or on PostgreSQL's disk."""
    if isinstance(corpus.where, Path):
        engine = sa.create_engine(f"sqlite:///{corpus.where / 'corpus.sqlite'}")
        asked = (
            "SELECT tbl_name, SUM(pgsize) FROM dbstat JOIN sqlite_master USING (name) "
            "WHERE tbl_name NOT LIKE 'sqlite_%' GROUP BY tbl_name"
        )
    else:
        engine = sa.create_engine(sa.make_url(corpus.where).set(drivername="postgresql+psycopg"))
        asked = (
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    with engine.connect() as connection:
        found = {str(name): int(size) for name, size in connection.execute(sa.text(asked))}
    engine.dispose()
    lexicon = {name for name in found if name.startswith("lexicon")}
    return {name: size for name, size in found.items() if name not in lexicon} | {
        "lexicon (words)": sum(found[name] for name in lexicon)
    }


if __name__ == "__main__":
    main()
