"""The words of dates: months, seasons, "present" and "until" in the languages resumes are written in."""

from __future__ import annotations

_MONTHS = {
    1: "january jan januar jänner jan. janvier janv enero ene janeiro gennaio gen januari",
    2: "february feb febr februar février fevrier févr fevr fév febrero fevereiro fev febbraio februari",
    3: "march mar märz maerz mär mrz mars marzo março marco maart mrt marts",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maio maggio mag mei maj",
    6: "june jun juni juin junio junho giugno giu",
    7: "july jul juli juillet juil julio julho luglio lug",
    8: "august aug août aout agosto ago augustus augusti",
    9: "september sept sep septembre septiembre setiembre setembro set settembre sett",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desember",
}
MONTHS: dict[str, int] = {
    word.rstrip("."): month for month, words in _MONTHS.items() for word in words.split()
}

# A season stands for whole months of the year it names: the first and the last of them.
SEASONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys("spring frühling frühjahr printemps primavera lente voorjaar".split(), (3, 5)),
    **dict.fromkeys("summer sommer été verano verão estate zomer".split(), (6, 8)),
    **dict.fromkeys("fall autumn herbst automne otoño outono autunno herfst".split(), (9, 11)),
    **dict.fromkeys("winter hiver invierno inverno".split(), (1, 2)),
}

# What stands for the end of a job that has none. Longer wordings before the shorter that begin them.
PRESENT = (
    r"present day|presently|present|currently|current|now|today|ongoing|on-going|till date|to date|till now"
    r"|date|continuing|still employed"
    r"|bis heute|heute|jetzt|aktuell|laufend|derzeit|gegenwärtig"
    r"|(?:à |a )?ce jour|aujourd['’]hui|actuellement|actuelle?|en cours|en poste|maintenant|présent"
    r"|presente|la actualidad|actualidad|actualmente|actual|la fecha|fecha|hoy|o momento|atualmente|atual"
    r"|até o momento|hoje|actualitat"
    r"|oggi|attuale|attualmente|in corso|ad oggi|adesso|heden|nu|huidige?"
    r"|nuvarande|pågående|idag|i dag|nuværende|nåværende|dags dato|d\.d\.|nå|nykyinen|nykyhetki"
    r"|obecnie|obecna|nadal|teraz|dzisiaj|dziś|současnost|současnosti|nyní|dosud|doposud|súčasnosť|súčasnosti"
    r"|doteraz|jelenleg|jelen|napjainkig|prezent|în prezent|danas|sadašnjost|sedaj|trenutno"
    r"|günümüz|halen|devam ediyor|bugün|praegu|šobrīd|pašlaik|dabar|hiện tại|hiện nay|sekarang|saat ini"
    r"|(?:по )?настоящее время|н\.\s?в\.|сейчас|теперь|теперішній час|дотепер|зараз|σήμερα|παρόν"
    r"|至今|今|现在|目前|現在|현재|الآن"
)

# A slash counts between spaces alone: "05-2021 / 01-2024", but "2018/2019" is a school year.
UNTIL = (
    r"--?|–|—|‒|―|−|﹣|－|~|〜|→|(?<=\s)/(?=\s{1,9}(?:\D|(?:\d\d?\s?[-/.]\s?)?(?:19|20)\d\d))"
    r"|to(?: the)?|until|till?|through|thru|bis(?: zum)?|à|au"
    r"|jusqu['’]à|al?|hasta(?: la)?|até(?: o)?|fino ad?|tot(?: op)?|t/m|do|til|по|до|până (?:la|în)|έως"
    r"|至|到|から|ï¼[\u200b\u0080-\u009f]?"
)

SINCE = r"since|seit|depuis|desde|dal|sinds|from|ab|od|sedan|siden|с|з|din"
