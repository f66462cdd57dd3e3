"""Where a corpus is when nobody says so, and where the index of each is kept."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs

from matcher.errors import CorpusReadOnlyError, InputError
from matcher.store import FILE

# A folder or a PostgreSQL URL, for all commands.
CORPUS = "MATCHER_CORPUS"

# What searches it: faiss, milvus-lite, or milvus+http://host:19530. For all processes alike.
INDEX = "MATCHER_INDEX"
FAISS = "faiss"
MILVUS_LITE = "milvus-lite"

_PASSWORD = re.compile(r"(?<=://)([^/@:]*)(:[^/@]*)?@")


def default_corpus() -> str | Path:
    """What MATCHER_CORPUS names, else `corpus` in the platform's folder for a user's data."""
    named = os.environ.get(CORPUS)
    return located(named) if named else platformdirs.user_data_path("matcher") / "corpus"


def unbegun(where: str | Path | None) -> Path | None:
    """The folder at `where` (None: the default place) where no corpus has been begun; None where one may be.

    A server is not asked.
    """
    place = default_corpus() if where is None else located(where)
    if not isinstance(place, Path):
        return None
    try:
        return None if (place / FILE).stat().st_size else place
    except (FileNotFoundError, NotADirectoryError):
        return place
    except OSError:  # it is for whoever opens it to say why that fails
        return None


def located(where: str | Path) -> str | Path:
    """A URL as it is, anything else as a folder. Raises InputError for what looks like a URL and is none."""
    if isinstance(where, str) and "://" in where:
        return where
    if isinstance(where, str) and where.startswith(("postgresql:", "postgres:")):
        raise InputError("The address of a corpus has two slashes: postgresql://user@host/database.")
    return Path(where).expanduser()


def index_folder(where: str | Path, tenant: str) -> Path:
    """The folder of a tenant's index: within the corpus, or for a server's in the user's cache."""
    if isinstance(where, Path):
        return where / "index" / tenant
    name = hashlib.sha256(shown(where).encode()).hexdigest()[:16]
    return platformdirs.user_cache_path("matcher") / "index" / name / tenant


def shown(where: str | Path) -> str:
    """The place in words, without the password of a URL."""
    return _PASSWORD.sub(r"\1@", str(where))


@dataclass(frozen=True, slots=True)
class MilvusPlace:
    """Where a tenant's collections are: on a server at `uri`, or by milvus-lite in `folder`.

    Their names begin with `prefix`, which no other tenant and no other corpus has. `token` is secret.
    """

    prefix: str
    uri: str = ""
    token: str = ""
    database: str = ""
    folder: Path | None = None

    def __str__(self) -> str:
        """The place in words."""
        return str(self.folder or f"{self.uri}/{self.database}".rstrip("/"))


def named_index(index: str | None) -> str:
    """`index`, or what MATCHER_INDEX says, else "faiss".

    Raises InputError for what is none of "faiss", "milvus-lite" and "milvus+http://user:password@host:port/name".
    """
    named = (index if index is not None else os.environ.get(INDEX, "")).strip() or FAISS
    try:
        parts = urlsplit(named)
        server = parts.scheme in ("milvus+http", "milvus+https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number
        server = False
    if not server and named not in (FAISS, MILVUS_LITE):
        raise InputError(
            "An index is faiss, milvus-lite, or milvus+http://host:19530 (or milvus+https://...)."
        )
    return named


def milvus_place(named: str, where: str | Path, tenant: str) -> MilvusPlace | None:
    """Where Milvus has the index that `named_index` named, None where FAISS has it."""
    if named == FAISS:
        return None
    prefix = f"matcher_{hashlib.sha256(f'{_identity(where)} {tenant}'.encode()).hexdigest()[:16]}_"
    if named == MILVUS_LITE:
        return MilvusPlace(prefix, folder=index_folder(where, tenant) / "milvus")
    parts = urlsplit(named)
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else parts.hostname
    uri = f"{parts.scheme.removeprefix('milvus+')}://{host}:{parts.port or 19530}"
    token = unquote(parts.netloc.rpartition("@")[0])
    return MilvusPlace(prefix, uri, token, parts.path.strip("/"))


def _identity(where: str | Path) -> str:
    """What tells a corpus from others in one Milvus: the database's address without user and options, which
    has to be written alike on all machines; for a folder a name that lies in it."""
    if isinstance(where, str):
        parts = urlsplit(where)
        socket = parse_qs(parts.query).get("host", [""])[0]
        return f"{parts.netloc.rpartition('@')[2]}{socket}{parts.path}"
    file = where / "index-name"
    if not file.is_file():
        draft = where / f"index-name.{uuid.uuid4().hex}"
        try:
            draft.write_text(uuid.uuid4().hex, "ascii")
            with suppress(FileExistsError):  # another process was first
                os.link(draft, file)
            draft.unlink()
        except OSError as error:
            raise CorpusReadOnlyError(f"{where} cannot be written: check the permissions.") from error
    return file.read_text("ascii")
