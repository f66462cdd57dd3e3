"""Every error this project raises. `code` is stable and machine-readable; the message says what
happened, the number, the limit and what to do. No error carries resume text or personal data."""

from __future__ import annotations


class MatcherError(Exception):
    """Something went wrong that the caller can act on."""

    code = "matcher_error"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())

    @property
    def message(self) -> str:
        """The text meant for a person."""
        return str(self.args[0])


# --- what was handed in


class InputError(MatcherError):
    """The input cannot be used as it is."""

    code = "bad_input"


class PathAsTextError(InputError):
    """A str is read as the text itself, but this one names an existing file: wrap it in pathlib.Path."""

    code = "path_given_as_text"


class FileUnavailableError(InputError):
    """The file does not exist or may not be read: check the path and its permissions."""

    code = "file_unavailable"


class WeightsError(InputError):
    """The weights cannot be used: they map qualification ids to numbers of 0 or more."""

    code = "bad_weights"


# --- documents


class DocumentError(InputError):
    """The document cannot be read."""

    code = "document_unreadable"


class EmptyDocumentError(DocumentError):
    """The file has no content: send the file again."""

    code = "document_empty"


class NoTextError(DocumentError):
    """The file shows pictures but carries no text: run it through text recognition (OCR) first."""

    code = "document_image_only"


class UnsupportedFormatError(DocumentError):
    """The content is none of PDF, DOCX, ODT, RTF, HTML, Markdown or plain text: convert it to one of them."""

    code = "format_unsupported"


class PasswordProtectedError(DocumentError):
    """The file is protected by a password: remove the password and send it again."""

    code = "document_password_protected"


class CorruptDocumentError(DocumentError):
    """The file is damaged or cut short: export it again from the program that made it."""

    code = "document_corrupt"


class DocumentTooLargeError(DocumentError):
    """The file is over a limit on bytes, pages or characters."""

    code = "document_too_large"


class DecompressionLimitError(DocumentError):
    """The file unpacks to more than the limit: it may be a decompression bomb."""

    code = "decompression_limit"


class NestedArchiveError(DocumentError):
    """The file is an archive that holds other files: send the documents themselves."""

    code = "archive_not_document"


class EntityBombError(DocumentError):
    """The file's XML declares entities, which a document does not need: export it again."""

    code = "xml_entities"


class ParseTimeoutError(DocumentError):
    """Reading the file took longer than the limit."""

    code = "parse_timeout"


class ParseMemoryError(DocumentError):
    """Reading the file took more memory than the limit."""

    code = "parse_memory"


class ParserCrashedError(DocumentError):
    """Reading the file crashed its worker process; the other files were not affected."""

    code = "parser_crashed"


# --- roles


class RoleError(InputError):
    """The role cannot be used."""

    code = "bad_role"


class NoQualificationsError(RoleError):
    """No qualification was found in the posting: list them under a heading such as "Requirements"."""

    code = "role_without_qualifications"


class RoleFileError(RoleError):
    """The role file cannot be used: it is TOML or JSON as `matcher parse role` writes it."""

    code = "bad_role_file"


# --- the engine


class ModelError(MatcherError):
    """The encoder's files are missing or do not fit their manifest: install the package again."""

    code = "model_unusable"


class MissingExtraError(MatcherError):
    """An optional package is not installed."""

    code = "missing_extra"


# --- the corpus


class CorpusError(MatcherError):
    """The corpus cannot be used."""

    code = "corpus_unusable"


class CorpusUnavailableError(CorpusError):
    """The corpus cannot be reached: check the folder or the address, its permissions and the disk."""

    code = "corpus_unavailable"


class CorpusReadOnlyError(CorpusError):
    """The corpus may not be written: check the permissions of its folder and files. Nothing was changed."""

    code = "corpus_read_only"


class CorpusFullError(CorpusError):
    """The disk of the corpus is full: make room and try again. Nothing was changed."""

    code = "corpus_full"


class CorpusBusyError(CorpusError):
    """Others were writing to the corpus for longer than the wait allows: try again. Nothing was changed."""

    code = "corpus_busy"


class CorpusDamagedError(CorpusError):
    """The corpus is damaged: restore a backup, or have SQLite's `.recover` save what can be read."""

    code = "corpus_damaged"


class CorpusVersionError(CorpusError):
    """The corpus was written by a newer version of this software: install that version."""

    code = "corpus_version"


class OldFeaturesError(CorpusError):
    """The features of a resume were made by other rules of matching: they are made again from the resume."""

    code = "features_old"


class NotInCorpusError(CorpusError):
    """The corpus has nothing under this id."""

    code = "not_in_corpus"


class CorpusConflictError(CorpusError):
    """What was asked does not go with what the corpus has."""

    code = "corpus_conflict"


class MissingVectorsError(CorpusError):
    """Texts of the resume have no vector, or lost it meanwhile: encode them and add the resume again."""

    code = "vectors_missing"


class QueryError(InputError):
    """The query cannot be read: words, "phrases", prefix*, AND, OR, NOT and parentheses."""

    code = "bad_query"


class FilterError(InputError):
    """The filter cannot be read: terms such as months>=24, skill:python, tag:x, and a text query."""

    code = "bad_filter"


class IndexUnfitError(CorpusError):
    """The index does not fit the corpus or is damaged: rebuild it."""

    code = "index_unfit"


class IndexBehindError(CorpusError):
    """The index was saved by another since it was opened: open it again."""

    code = "index_behind"


def all_errors() -> dict[str, type[MatcherError]]:
    """Every error class by its code, for documentation and for carrying errors between processes."""
    found: dict[str, type[MatcherError]] = {}
    todo: list[type[MatcherError]] = [MatcherError]
    while todo:
        kind = todo.pop()
        found[kind.code] = kind
        todo += kind.__subclasses__()
    return found
