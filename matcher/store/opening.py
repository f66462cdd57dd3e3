"""Opening a corpus: where it is, whether its schema is this code's, and bringing an older one up."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from matcher.errors import (
    CorpusReadOnlyError,
    CorpusUnavailableError,
    CorpusVersionError,
    InputError,
    MissingExtraError,
)
from matcher.store.database import FILE, Database
from matcher.store.engines import connect_postgresql, connect_sqlite
from matcher.store.failures import typed_failures
from matcher.store.schema import HEAD
from matcher.store.scrub import scrub_pending
from matcher.store.store import Store
from matcher.store.tenancy import checked_tenant

# The lock that those who migrate the same PostgreSQL database wait for: "matcher" in ASCII.
_MIGRATING = 0x6D617463686572


def open_store(where: str | Path, tenant: str = "default") -> Store:
    """The tenant's corpus in a folder, or in the PostgreSQL database of a URL ("postgresql://...").

    A corpus that is not there is created; one of an older version is migrated. Raises CorpusVersionError for
    a newer one, CorpusUnavailableError and the other CorpusErrors where it cannot be reached or read,
    MissingExtraError when PostgreSQL's driver is not installed, and InputError.
    """
    checked_tenant(tenant)
    if isinstance(where, str) and "://" in where:
        database = Database(_postgresql(where), tenant, None)
    else:
        folder = Path(where)
        _create(folder)
        database = Database(connect_sqlite(folder / FILE), tenant, folder)
    try:
        _bring_up(database)
        scrub_pending(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(database)


def open_beside(store: Store, tenant: str) -> Store:
    """Another tenant's corpus in the same place, over the same connections: close `store` after it."""
    shared = store._database
    database = Database(shared.engine, checked_tenant(tenant), shared.folder)
    scrub_pending(database)
    return Store(database, lender=store)


def _create(folder: Path) -> None:
    """The folder and the file, for nobody's eyes but their owner's, where they are not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (folder / FILE).exists():
            (folder / FILE).touch(mode=0o600)
    except (FileExistsError, NotADirectoryError) as error:
        raise CorpusUnavailableError(f"{folder} is no folder: name one for the corpus.") from error
    except OSError as error:
        raise CorpusReadOnlyError(f"{folder} cannot be written: check the permissions.") from error


def _postgresql(where: str) -> Engine:
    try:
        url = sa.make_url(where)
        if url.get_backend_name() not in ("postgresql", "postgres"):
            raise InputError("A corpus is a folder or a URL that begins with postgresql://.")
        return connect_postgresql(url)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise InputError("The corpus's address is no URL such as postgresql://user@host/database.") from error
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "PostgreSQL's driver is not installed: pip install 'matcher[postgres]'."
        ) from error


def _bring_up(database: Database) -> None:
    """Create the schema, or bring it to HEAD. Two processes that do so at once wait for each other."""
    with typed_failures():
        if _revision(database.engine) == HEAD:
            return
        with database.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.execution_options(sqlite_begin="")
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                connection.rollback()
                connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            else:
                # After the wait for the lock, statements have to see what the other process made.
                connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                if connection.dialect.name != "sqlite":
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
                _migrate(connection)
        # What planners know of the tables is read when a connection begins.
        database.engine.dispose()


def _revision(engine: Engine) -> str | None:
    """The revision of the schema, None where there is none."""
    with engine.connect() as connection:
        return _revision_on(connection)


def _revision_on(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return cast("str | None", found)


def _migrate(connection: Connection) -> None:
    # Imported here: most corpora that are opened are up to date, and Alembic takes long to load.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    revision = _revision_on(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise CorpusVersionError(
            f"The corpus has schema {revision}; this version knows schemas up to {HEAD}: install the version "
            "of matcher that wrote it."
        )
    if revision is None and connection.dialect.name != "sqlite":
        encoding = connection.execute(sa.text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise InputError(
                f"The database has the encoding {encoding}, which has not every letter: make one with "
                "CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0."
            )
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
