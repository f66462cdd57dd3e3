"""The PDFium functions this reader calls, bound once with plain integer handles.

pypdfium2's own wrappers convert every argument through `ctypes.POINTER` types, which costs more than the
calls themselves when there are six of them per glyph. Here the same functions are bound with integer
handles and addresses, so that a loop over a page is `map(function, repeat(page), range(n))` and results
land in NumPy arrays. PDFium is not thread-safe: one process reads one file at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Handle = int
"""Address of a PDFium object; 0 or None means that there is none."""

_P = ctypes.c_void_p
_I = ctypes.c_int


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(pdfium, name), _P).value
    assert address is not None
    # PYFUNCTYPE keeps the interpreter lock held, which PDFium wants and which is a little faster.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


load_document = _bind("FPDF_LoadMemDocument64", _P, _P, ctypes.c_size_t, ctypes.c_char_p)
close_document = _bind("FPDF_CloseDocument", None, _P)
last_error = _bind("FPDF_GetLastError", ctypes.c_ulong)
document_meta = _bind("FPDF_GetMetaText", ctypes.c_ulong, _P, ctypes.c_char_p, _P, ctypes.c_ulong)
page_count = _bind("FPDF_GetPageCount", _I, _P)
load_page = _bind("FPDF_LoadPage", _P, _P, _I)
close_page = _bind("FPDF_ClosePage", None, _P)
page_bounds = _bind("FPDF_GetPageBoundingBox", _I, _P, _P)
page_rotation = _bind("FPDFPage_GetRotation", _I, _P)

load_text = _bind("FPDFText_LoadPage", _P, _P)
close_text = _bind("FPDFText_ClosePage", None, _P)
count_chars = _bind("FPDFText_CountChars", _I, _P)
get_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
char_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
char_loose_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
char_font_size = _bind("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
char_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
char_object = _bind("FPDFText_GetTextObject", _P, _P, _I)

count_objects = _bind("FPDFPage_CountObjects", _I, _P)
get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
count_form_objects = _bind("FPDFFormObj_CountObjects", _I, _P)
get_form_object = _bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", _I, _P)
object_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
object_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
object_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
object_stroke = _bind("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
object_set_active = _bind("FPDFPageObj_SetIsActive", _I, _P, _I)
object_clip = _bind("FPDFPageObj_GetClipPath", _P, _P)
clip_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
clip_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
segment_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
object_marks = _bind("FPDFPageObj_CountMarks", _I, _P)
object_mark = _bind("FPDFPageObj_GetMark", _P, _P, ctypes.c_ulong)
mark_name = _bind("FPDFPageObjMark_GetName", _I, _P, _P, ctypes.c_ulong, _P)
path_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
text_render_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
text_font = _bind("FPDFTextObj_GetFont", _P, _P)
font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, _P, ctypes.c_size_t)
font_weight = _bind("FPDFFont_GetWeight", _I, _P)

bitmap_create = _bind("FPDFBitmap_CreateEx", _P, _I, _I, _I, _P, _I)
bitmap_destroy = _bind("FPDFBitmap_Destroy", None, _P)
render_page = _bind("FPDF_RenderPageBitmap", None, _P, _P, _I, _I, _I, _I, _I, _I)

annotation_count = _bind("FPDFPage_GetAnnotCount", _I, _P)
get_annotation = _bind("FPDFPage_GetAnnot", _P, _P, _I)
close_annotation = _bind("FPDFPage_CloseAnnot", None, _P)
annotation_subtype = _bind("FPDFAnnot_GetSubtype", _I, _P)
annotation_flags = _bind("FPDFAnnot_GetFlags", _I, _P)
annotation_rect = _bind("FPDFAnnot_GetRect", _I, _P, _P)
annotation_link = _bind("FPDFAnnot_GetLink", _P, _P)
link_action = _bind("FPDFLink_GetAction", _P, _P)
action_type = _bind("FPDFAction_GetType", ctypes.c_ulong, _P)
action_uri = _bind("FPDFAction_GetURIPath", ctypes.c_ulong, _P, _P, _P, ctypes.c_ulong)

init_form = _bind("FPDFDOC_InitFormFillEnvironment", _P, _P, _P)
exit_form = _bind("FPDFDOC_ExitFormFillEnvironment", None, _P)
form_type = _bind("FPDF_GetFormType", _I, _P)
field_type = _bind("FPDFAnnot_GetFormFieldType", _I, _P, _P)
field_value = _bind("FPDFAnnot_GetFormFieldValue", ctypes.c_ulong, _P, _P, _P, ctypes.c_ulong)
field_flags = _bind("FPDFAnnot_GetFormFieldFlags", _I, _P, _P)

PAGE_TEXT = pdfium.FPDF_PAGEOBJ_TEXT
PAGE_PATH = pdfium.FPDF_PAGEOBJ_PATH
PAGE_FORM = pdfium.FPDF_PAGEOBJ_FORM
ERROR_PASSWORD = pdfium.FPDF_ERR_PASSWORD
ERROR_SECURITY = pdfium.FPDF_ERR_SECURITY
BITMAP_BGRX = pdfium.FPDFBitmap_BGRx
# With form fields and stamps, as a viewer shows them.
RENDER_GREY_AS_SHOWN = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
ANNOT_LINK = pdfium.FPDF_ANNOT_LINK
ANNOT_WIDGET = pdfium.FPDF_ANNOT_WIDGET
ANNOT_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
ACTION_URI = pdfium.PDFACTION_URI
FIELD_TEXT = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
FORM_ACROFORM = pdfium.FORMTYPE_ACRO_FORM
FIELD_PASSWORD = 1 << 13  # PDF 32000-1, table 228: bit 14 of a text field's flags


def form_environment(document: Handle) -> tuple[Handle, object]:
    """A form-fill handle for reading field values, and the struct that must outlive it."""
    info = pdfium.FPDF_FORMFILLINFO(version=2)
    return init_form(document, ctypes.addressof(info)) or 0, info


def utf16(call: Callable[[int, int], int]) -> str:
    """The string of a PDFium call that takes (buffer, bytes), wants UTF-16 and returns bytes needed."""
    needed = call(0, 0)
    if needed <= 2:
        return ""
    buffer = ctypes.create_string_buffer(needed)
    call(ctypes.addressof(buffer), needed)
    return buffer.raw[: needed - 2].decode("utf-16-le", errors="replace")
