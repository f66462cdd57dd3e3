"""Which whole line is a section heading, and of what kind: a vocabulary in several languages."""

from __future__ import annotations

import re
import unicodedata

from matcher.types import SectionKind

# Wordings met in resumes; a heading is one of them, alone or joined to others by "and", "&" or "/".
_WORDINGS: dict[SectionKind, str] = {
    SectionKind.CONTACT: """
        contact; contact details; contact information; contact info; contact me; personal details; personal
        information; personal data; personal info; personalia; bio data; biodata; get in touch; kontakt;
        kontaktdaten; persönliche daten; persönliche angaben; zur person; coordonnées; données
        personnelles; informations personnelles; état civil; datos personales; contacto; información
        personal; dados pessoais; contato; informações pessoais; dati personali; contatti; informazioni
        personali; persoonlijke gegevens; persoonsgegevens; contactgegevens; 个人信息; 基本信息; 联系方式;
        個人情報; 基本情報; 연락처
    """,
    SectionKind.SUMMARY: """
        summary; profile; objective; about; about me; overview; highlights; statement; introduction;
        summary of qualifications; qualifications summary; qualifications; qualification highlights; career
        summary; career objective; career overview; career profile; career highlights; career focus;
        executive summary; executive profile; professional summary; professional profile; professional
        overview; personal statement; personal profile; personal summary; who i am; mission; headline;
        value proposition; goal; career goal; job objective; employment objective; position desired; at a
        glance; core strengths; background; professional background; experience summary; summary of
        experience; key highlights; profil; kurzprofil; über mich; zusammenfassung; berufsziel; résumé; à
        propos; à propos de moi; objectif; objectif professionnel; profil professionnel; perfil; perfil
        profesional; resumen; sobre mí; objetivo; resumen profesional; perfil profissional; resumo; resumo
        profissional; sobre mim; profilo; profilo professionale; sommario; chi sono; obiettivo; profiel;
        samenvatting; over mij; 个人简介; 自我评价; 个人总结; 求职意向; 自己pr; 職務要約; 자기소개
    """,
    SectionKind.EXPERIENCE: """
        experience; experiences; work; employment; career; work history; employment history; career history;
        job history; professional history; work experience; working experience; job experience; employment
        experience; professional experience; career experience; industry experience; relevant experience;
        related experience; business experience; teaching experience; research experience; clinical
        experience; nursing experience; military experience; military service; legal experience; management
        experience; leadership experience; internship experience; internship; internships; internship
        history; field experience; practical experience; engineering experience; technical experience;
        academic experience; consulting experience; industrial experience; international experience;
        selected experience; prior experience; previous experience; earlier experience; other experience;
        additional experience; further experience; recent experience; earlier career; positions held;
        positions; appointments; academic appointments; professional appointments; work background;
        employment record; record of employment; professional employment; career progression; professional
        career; employment background; campus work; campus employment; campus jobs; student employment;
        student jobs; part-time employment; part-time work; jobs; paid work; paid employment; contracts;
        contract work; contract roles; contract positions; contract experience; contracting; permanent;
        permanent roles; permanent positions; permanent posts; permanent employment; freelance; freelancing;
        freelance work; freelance experience; assignments; engagements; roles; roles held; posts; posts
        held; jobs held; work placements; placements; where i have worked; where i've worked;
        berufserfahrung; beruflicher werdegang; berufspraxis; berufliche erfahrung; arbeitserfahrung;
        werdegang; praktika; praxiserfahrung; berufstätigkeit; praktische erfahrung; expérience;
        expériences; expérience professionnelle; expériences professionnelles; parcours professionnel;
        stages; emplois; experiencia; experiencia laboral; experiencia profesional; historial laboral;
        trayectoria profesional; experiência; experiência profissional; experiências profissionais;
        histórico profissional; trajetória profissional; esperienza; esperienze; esperienza professionale;
        esperienze professionali; esperienza lavorativa; esperienze lavorative; werkervaring; ervaring;
        loopbaan; arbeidservaring; 工作经历; 工作经验; 工作經歷; 工作經驗; 职业经历; 实习经历;
        実務経験; 職歴; 職務経歴; 경력; 경력사항
    """,
    SectionKind.EDUCATION: """
        education; educations; educational background; educational history; education history; educational
        qualifications; educational qualification; education background; academic background; academic
        history; academic qualifications; academic qualification; academics; academic details; academic
        record; academic profile; academic credentials; qualifications and education; education details;
        schooling; school; schools; studies; study; degrees; degree; coursework; relevant coursework; academic
        preparation; educational credentials; scholastic record; education qualification; college
        education; formal education; academic training; academic education; ausbildung; bildung;
        bildungsweg; studium; schulbildung; akademische ausbildung; bildungsgang; schulische ausbildung;
        hochschulbildung; formation; formations; études; parcours académique; diplômes; parcours scolaire;
        cursus; educación; formación; formación académica; estudios; educação; formação; formação
        acadêmica; formação académica; escolaridade; istruzione; formazione; istruzione e formazione;
        studi; opleiding; opleidingen; onderwijs; 教育; 教育背景; 教育经历; 教育經歷; 学歴; 學歷; 学历;
        학력; 학력사항
    """,
    SectionKind.SKILLS: """
        skills; skill; skill set; skillset; skill sets; skills summary; summary of skills; skill summary;
        skill highlights; skills highlights; competencies; competences; competency; expertise;
        proficiencies; proficiency; areas of expertise; areas of competence; areas of strength; areas of
        knowledge; area of expertise; core competencies; key competencies; core skills; key skills; core
        qualifications; key qualifications; technical skills; it skills; computer skills; computer;
        computing; software skills; soft skills; hard skills; professional skills; technical proficiencies;
        technical expertise; technical competencies; technical knowledge; technical summary; technical
        qualifications; computer proficiency; computer proficiencies; computer knowledge; programming
        skills; programming languages; technologies; technology; tech stack; stack; tools; software; tools
        and technologies; technical tools; systems; specialties; specialities; specializations; strengths;
        key strengths; abilities; capabilities; core capabilities; knowledge; knowledge areas; skills and
        abilities; special skills; other skills; additional skills; relevant skills; clinical skills; lab
        skills; laboratory skills; transferable skills; personal skills; skills and expertise; management
        skills; leadership skills; interpersonal skills; communication skills; research skills; digital
        skills; fachkenntnisse; kenntnisse; fähigkeiten; kompetenzen; edv-kenntnisse; it-kenntnisse; edv;
        it; fachliche kompetenzen; kenntnisse und fähigkeiten; compétences; compétences techniques;
        compétences clés; compétences informatiques; savoir-faire; informatique; habilidades; competencias;
        aptitudes; conocimientos; habilidades técnicas; informática; conocimientos técnicos; competências;
        habilidades e competências; conhecimentos; competenze; competenze tecniche; competenze
        informatiche; capacità; abilità; vaardigheden; competenties; kennis; computervaardigheden; 技能;
        专业技能; 技术栈; 技能特长; 專業技能; スキル; 기술; 보유기술
    """,
    SectionKind.LANGUAGES: """
        languages; language; language skills; language proficiency; languages spoken; spoken languages;
        foreign languages; language competencies; linguistic skills; language knowledge; sprachen;
        sprachkenntnisse; fremdsprachen; langues; langues étrangères; compétences linguistiques; idiomas;
        lenguas; línguas; lingue; conoscenze linguistiche; lingue straniere; competenze linguistiche;
        talen; talenkennis; 语言; 语言能力; 語言能力; 語学; 어학
    """,
    SectionKind.CERTIFICATIONS: """
        certifications; certification; certs; certificates; certificate; licenses; license; licences;
        licence; licensure; licensures; credentials; professional certifications; professional
        certification; professional licenses; professional licences; professional credentials; licenses and
        certifications; certifications and licenses; courses; training; trainings; professional training;
        training courses; professional qualifications; professional development; continuing education;
        accreditations; registrations; bar admissions; admissions; bar admission; further education;
        further training; specialized training; workshops; technical certifications; technical training;
        certificates and courses; courses and training; online courses; registration; credentials and
        licensure; professional status; professional registration; professional registrations; professional
        licensure; board certification; board certifications; bar memberships; court admissions; state
        licensure; tickets; cards; permits; clearances; clearance; security clearance; security clearances;
        endorsements; safety training; trade licences; trade licenses; trade qualifications; zertifikate;
        zertifizierungen; weiterbildung; weiterbildungen; fortbildung; fortbildungen; lizenzen; zertifikate
        und weiterbildungen; führerschein; certificats; permis; formations complémentaires;
        certificaciones; certificados; cursos; licencias; certificações; certificazioni; corsi;
        certificati; certificaten; cursussen; certificeringen; 证书; 资格证书; 資格; 證照; 자격증
    """,
    SectionKind.PROJECTS: """
        projects; project; personal projects; academic projects; selected projects; key projects; side
        projects; research projects; project experience; portfolio; open source; open source contributions;
        open-source projects; project highlights; notable projects; projekte; projets; projets personnels;
        proyectos; projetos; progetti; projecten; case studies; selected work; selected works; project
        work; patents; patent; inventions; 项目; 项目经验; 项目经历; 專案經驗; プロジェクト; 프로젝트
    """,
    SectionKind.PUBLICATIONS: """
        publications; selected publications; papers; articles; presentations; conference papers;
        publications and presentations; talks; invited talks; conferences; research publications; journal
        articles; conference presentations; books; posters; writing; published works; bibliography;
        peer-reviewed publications; publikationen; veröffentlichungen; vorträge; publicaciones;
        publicações; pubblicazioni; publicaties; research papers; presentations and publications; 发表论文;
        论文; 論文; 논문
    """,
    SectionKind.AWARDS: """
        awards; honors; honours; awards and honors; honors and awards; achievements; accomplishments;
        scholarships; recognition; recognitions; distinctions; fellowships; grants; key achievements;
        selected honors; awards received; academic honors; academic achievements; notable achievements;
        career achievements; key accomplishments; selected accomplishments; professional accomplishments;
        prizes; career accomplishments; honors and distinctions; auszeichnungen; preise; stipendien;
        erfolge; récompenses; prix; distinctions honorifiques; bourses; premios; reconocimientos; logros;
        prêmios; premi; riconoscimenti; prijzen; 获奖; 荣誉; 获奖情况; 荣誉奖项; 獲獎; 受賞歴; 수상
    """,
    SectionKind.VOLUNTEERING: """
        volunteering; volunteer; volunteer work; volunteer experience; volunteer history; volunteer
        activities; volunteer service; volunteerism; community service; community involvement; community
        engagement; community activities; community; civic involvement; civic activities; charity work;
        ehrenamt; ehrenamtliche tätigkeit; ehrenamtliches engagement; engagement; bénévolat; voluntariado;
        volontariato; vrijwilligerswerk; 志愿者经历; 社会实践; 봉사활동
    """,
    SectionKind.INTERESTS: """
        interests; hobbies; hobby; personal interests; activities; extracurricular activities;
        extra-curricular activities; extracurriculars; interests and activities; leisure; leisure
        activities; pastimes; hobbies and interests; outside interests; interessen; freizeit; hobbys;
        centres d'intérêt; loisirs; intereses; aficiones; interesses; interessi; hobby's; 兴趣爱好; 爱好;
        興趣; 趣味; 취미
    """,
    SectionKind.REFERENCES: """
        references; reference; referees; professional references; personal references; referenzen;
        références; referencias; referências; referenze; referenties; 推荐人
    """,
    SectionKind.OTHER: """
        additional information; other information; other; miscellaneous; additional; further information;
        affiliations; professional affiliations; memberships; professional memberships; membership;
        associations; professional associations; organizations; professional organizations; affiliations
        and memberships; leadership; leadership activities; activities and honors; activities and
        societies; activities and leadership; availability; work authorization; research interests;
        research; research areas; teaching; service; professional service; academic service; links; social
        media; declaration; key accountabilities; status; fields; vitals; additional details; campus
        involvement; military; military background; military history; press; media; exhibitions; sonstiges;
        mitgliedschaften; divers; información adicional; outras informações; altro; overige; 其他; 其它
    """,
}

KINDS: dict[str, SectionKind] = {}
for _kind, _text in _WORDINGS.items():
    for _wording in _text.split(";"):
        KINDS.setdefault(" ".join(_wording.split()), _kind)

# Words that may stand before or after a wording without changing its kind.
_BEFORE = re.compile(
    r"(?:my|the|a|key|core|other|additional|relevant|related|selected|professional|personal|technical|recent"
    r"|notable"
    r"|major|summary of|list of|current|past|previous|select|general|brief|academic|formal|main|further"
    r"|special"
    r"|principal|significant|detailed|leading|representative|career|work|industry|computer|primary|prior"
    r"|full) "
)
_AFTER = re.compile(
    r" (?:section|details|history|background|overview|summary|highlights|information|list|profile|known"
    r"|spoken|obtained|attended|held|completed|continued"
    r"|cont'd"
    r"|\(continued\)|\(cont'd\)|\(selected\)|\(relevant\)|\(recent\)|sets?|record)$"
)
_JOINED = re.compile(r"\s{0,9}(?:&|\+|/|,|\||;|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|与|及|和)\s{0,9}")
_EDGES = " \t:：.·•|—–-_=*#~>»▪■◆►➤【】[]()0123456789"
_SPACED = re.compile(r"(?:\S )+\S(?:\s{2,}(?:\S )*\S)*\s{0,9}:?$")
_EITHER = (  # the second of two joined headings decides, the first being an adjective of sorts
    frozenset({"education", "training", "skills", "experience", "awards", "honors", "employment"})
)


def unspaced(text: str) -> str:
    """ "E X P E R I E N C E" as "EXPERIENCE"; other text as it is."""
    if len(text) > 4 and _SPACED.match(text) and not any(len(part) > 1 for part in text.rstrip(": ").split()):
        words = re.split(r"\s{2,}|\t", text.strip())
        return " ".join(word.replace(" ", "") for word in words)
    return text


def normalised(text: str) -> str:
    """A heading's text as the vocabulary writes it: lower case, without colon, numbering, icons or rules."""
    text = unicodedata.normalize("NFKC", unspaced(text)).replace("’", "'")
    text = "".join(c for c in text if unicodedata.category(c) not in {"So", "Co", "Cf", "Cn"})
    return " ".join(text.strip(_EDGES).casefold().split())


def _single(text: str) -> SectionKind | None:
    for _ in range(4):
        if text in KINDS:
            return KINDS[text]
        shorter = _AFTER.sub("", text, count=1)
        if shorter == text:
            shorter = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
        if shorter == text:
            return None
        text = shorter
    return None


def heading_kind(text: str) -> SectionKind | None:
    """The kind of section that a whole line announces, None when the line is no known heading."""
    if not 1 < len(text) <= 60 or "@" in text:
        return None
    plain = normalised(text)
    if not plain or len(plain) > 50:
        return None
    kind = _single(plain)
    if kind is None and " " not in plain:
        return None
    if kind is None:
        parts = [part for part in _JOINED.split(plain) if part]
        if 2 <= len(parts) <= 3:
            kinds = [_single(part) for part in parts]
            if all(found is not None for found in kinds):
                return _joined(kinds)
            if kinds[0] is not None and parts[0] in _EITHER and len(plain.split()) <= 4 and any(kinds[1:]):
                return kinds[0]
    return kind


def label_kind(text: str) -> SectionKind | None:
    """The kind that the label of a line announces ("Skills: Excel, Visio"), None without such a label."""
    label, colon, rest = text[:40].partition(":")
    return heading_kind(label) if colon and rest[:1].isspace() and rest.strip() else None


def _joined(kinds: list[SectionKind | None]) -> SectionKind | None:
    """Of two joined headings the first counts, but anything before plain OTHER and SUMMARY words."""
    for kind in kinds:
        if kind not in (SectionKind.OTHER, SectionKind.SUMMARY, None):
            return kind
    return kinds[0]
