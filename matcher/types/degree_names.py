"""Degrees whose own name says their field of study: "MBA", "J.D.", "BSN"."""

from __future__ import annotations

import re

# The letters without dots, as their holders write them.
_FIELDS = {
    letters: field
    for field, names in {
        "Accounting": "MACC MACY MACCY BACC MSA MSACC MSACCT",
        "Architecture": "BARCH MARCH",
        "Audiology": "AUD",
        "Business Administration": "MBA BBA EMBA DBA BSBA",
        "Commerce": "BCOM BCOMM MCOM",
        "Computer Applications": "BCA MCA",
        "Computer Science": "BCS BSCS MSCS",
        "Dentistry": "DDS DMD BDS",
        "Divinity": "MDIV",
        "Education": "BED MED EDD EDS MSED BSED",
        "Electrical Engineering": "BSEE MSEE",
        "Engineering": "BENG MENG DENG BSE MSE",
        "Civil Engineering": "BSCE",
        "Finance": "MFIN",
        "Fine Arts": "MFA BFA",
        "Health Administration": "MHA MSHA MHSA",
        "Health Sciences": "BHSC MHS",
        "Human Resource Management": "MHRM MSHR MSHRM",
        "Information Systems": "MIS MSIS BSIS",
        "Information Technology": "BIT BSIT",
        "Law": "JD JURISDOCTOR JURISDOCTORATE LLB LLM LLD SJD",
        "Library and Information Science": "MLIS MSLIS",
        "Library Science": "MLS MSLS",
        "Mathematics": "MMATH",
        "Mechanical Engineering": "BSME MSME",
        "Medicine": "MD MBBS MBCHB MBBCH DO",
        "Music": "BMUS MMUS DMA",
        "Nursing": "BSN MSN ADN ASN DNP BSCN MSCN",
        "Occupational Therapy": "MOT MSOT OTD",
        "Optometry": "OD",
        "Pharmacy": "PHARMD BPHARM MPHARM",
        "Physical Therapy": "DPT MPT",
        "Psychology": "PSYD",
        "Public Administration": "MPA BPA",
        "Public Health": "MPH DRPH BSPH",
        "Public Policy": "MPP",
        "Social Sciences": "BSOCSC",
        "Social Work": "MSW BSW DSW",
        "Teaching": "MAT",
        "Technology": "BTECH MTECH",
        "Theology": "MTH THM THD",
        "Urban Planning": "MUP MURP MCRP MPLAN",
        "Veterinary Medicine": "DVM BVSC",
    }.items()
    for letters in names.split()
}
_DOTS = re.compile(r"[\s.]")


def field_of_letters(name: str) -> str | None:
    """The field that a degree's name in letters says ("J.D." law), None where it says none ("B.A.")."""
    return _FIELDS.get(_DOTS.sub("", name).upper())
