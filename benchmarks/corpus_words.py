"""Words that `corpus_text.py` swaps and adds: families of names that stand for each other, scopes of work."""

import re

FAMILIES = tuple(
    tuple(line.split(", "))
    for line in """\
Java, Python, Go, Rust, C#, Scala, Kotlin, Ruby, PHP
Oracle, PostgreSQL, MySQL, SQL Server, MongoDB, SQLite
AWS, Azure, Google Cloud, Heroku, OpenStack
Kubernetes, Docker, Nomad, Terraform, Ansible
React, Angular, Vue, Svelte, jQuery
Excel, Word, PowerPoint, Access, Outlook, Visio
SAP, NetSuite, PeopleSoft, JD Edwards, Dynamics
QuickBooks, Sage, Xero, Peachtree, FreshBooks
Salesforce, HubSpot, Zoho, Pipedrive, Siebel
Epic, Cerner, Meditech, Allscripts, NextGen
Tableau, Power BI, Looker, Qlik, Crystal Reports
AutoCAD, Revit, SolidWorks, MicroStation, Civil 3D
Photoshop, Illustrator, InDesign, Sketch, Figma
Linux, Windows, Unix, macOS
Managed, Led, Directed, Supervised, Oversaw, Headed
Developed, Created, Designed, Built, Established
Prepared, Compiled, Drafted, Wrote, Produced
Assisted, Supported, Helped, Aided
Trained, Coached, Taught, Mentored, Instructed
Increased, Raised, Improved, Grew, Boosted
Reduced, Cut, Lowered, Decreased
Analyzed, Reviewed, Evaluated, Assessed, Examined
Coordinated, Organized, Planned, Scheduled, Arranged
Maintained, Kept, Updated, Administered
customers, clients, guests, members, patrons
budget, forecast, plan, portfolio
weekly, monthly, quarterly, daily, yearly""".splitlines()
)
FAMILY_OF = {name: family for family in FAMILIES for name in family}
NAMES = re.compile(
    r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(FAMILY_OF, key=len, reverse=True))) + r")(?!\w)"
)
FIRST = (
    "Ada Ben Cleo Dara Emil Faye Gus Hana Ivo June Kofi Lena Milo Nora Omar Pia Quin Rosa Sami Tess".split()
)
LAST = "Abbot Brook Carver Dunmore Ellery Farrow Garland Hollis Ingram Jessop Kirkby Larkin Norcott".split()
PLACES = (
    "Northfield Eastbrook Greyhaven Hollowdale Ironbridge Kestrel Lowmoor Marlpit Oakham Pinecrest".split()
)
TRADES = (
    "Logistics Foods Health Partners Systems Works Textiles Bank Media Group Builders Labs Schools".split()
)
SCOPES_TEXT = """across {few} sites; for a team of {some}; at {place} {trade}; for {many} customers; in {year}
since {year}; within {few} months; with {few} colleagues; for {place} {trade}; in {few} regions
on ${many},000 a year; for {some} accounts; at the {place} office; under the {last} contract
for {last} and {place}; alone in {year}; with {some} others at {place}; for {many} units a {span}
every {span} since {year}; on {few} floors; ahead of the {span}; for the {trade} of {place}"""
SCOPES = re.split(r"; |\n", SCOPES_TEXT)
SPANS = ("day", "week", "month", "quarter", "year", "shift", "season")
