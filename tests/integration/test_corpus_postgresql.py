"""A corpus in PostgreSQL: found, ranked, erased and followed as one in a folder is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from matcher import Matcher
from matcher.errors import CorpusUnavailableError, InputError
from matcher.settings import Settings
from matcher.store import open_store
from matcher.types.corpus import Outcome

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
RESUMES = sorted(path for path in (FIXTURES / "resumes").iterdir() if path.is_file())[:8]
ROLE = FIXTURES / "roles" / "farm-manager.txt"
TODAY = date(2026, 1, 15)


def test_a_server_and_a_folder_give_the_same(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same ranking and people, tenants apart, and an erasure that says what a server keeps."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with (
        Matcher(Settings(model="hashing")) as matcher,
        matcher.corpus(postgresql) as server,
        matcher.corpus(postgresql, "other") as other,
        matcher.corpus(tmp_path / "folder") as folder,
    ):
        for corpus in (server, folder):
            assert corpus.ingest(RESUMES, tags=["x"]).count(Outcome.ADDED) == len(RESUMES)
        assert [each.score for each in server.rank(ROLE, today=TODAY)] == [
            each.score for each in folder.rank(ROLE, today=TODAY)
        ]
        found = [corpus.search("herd health and milk quality", top=1)[0] for corpus in (server, folder)]
        assert found[0].candidate.name == found[1].candidate.name
        assert (other.search("herd health"), len(other.rank(ROLE, today=TODAY))) == ([], 0)
        assert server.doctor() == []
        receipt = server.erase([found[0].candidate.id])
        assert len(receipt.remains) == 2
        assert all(each.candidate.id != found[0].candidate.id for each in server.search("herd health"))
        assert server.doctor() == []
    assert not any(b"herd" in path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file())


def test_a_database_that_cannot_hold_a_corpus_is_refused(postgresql: str) -> None:
    """One that is not there, in the server's words; one whose encoding has not every letter."""
    admin = sa.create_engine(sa.make_url(postgresql).set(drivername="postgresql+psycopg"))
    url = sa.make_url(postgresql)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        with pytest.raises(CorpusUnavailableError, match='database "nothing_here" does not exist'):
            open_store(url.set(database="nothing_here").render_as_string(hide_password=False))
        connection.execute(sa.text("DROP DATABASE IF EXISTS matcher_latin"))
        made = (
            "CREATE DATABASE matcher_latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        connection.execute(sa.text(made))
        with pytest.raises(InputError, match=r"LATIN1.*UTF8"):
            open_store(url.set(database="matcher_latin").render_as_string(hide_password=False))
        connection.execute(sa.text("DROP DATABASE matcher_latin"))
    admin.dispose()
