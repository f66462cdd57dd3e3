"""Words that tell names from other lines: the words of trades and sections, and surnames that are trades."""

from __future__ import annotations

# Words of headlines and section lines: where they make up half of a line, it is no name.
TRADE_WORDS = frozenset(
    """
    academic accomplished account accounting accounts achievement achievements administration administrative
    advanced advertising agile analysis analytical analytics areas assistance assurance automation background
    banking based benefits broadcasting budget building business care career cash center centralized certified
    civil clerical client clients clinical cloud commerce commercial communication communications community
    company compliance computer computing confidential construction consulting consumer content contract
    controls coordination core corporate counseling creative critical customer customers cyber data database
    delivery design development digital direct disaster diversified document documentation driven dynamic
    ecommerce economics editing education educational efficient electrical electronic electronics embedded
    employee employment energy engineering enterprise entertainment environmental equipment event events
    excellence executive experience experienced expert expertise facilities fashion finance financial food
    front full functional general global government graphic graphics hardware health healthcare help
    highlights hospitality human industrial industry information infrastructure innovation inside insurance
    integrated integration international inventory investment knowledge labor leadership leading learning
    legal licensed lifecycle logistics machine maintenance management manufacturing marketing materials
    mathematics mechanical media medical mental merchandising military mobile motivated multimedia needs
    network networking networks nursing objective office online operational operations oriented outside
    passionate payroll performance personal personnel planning platform policy portfolio practice private
    problem process processing procurement product production productivity professional proficiency profile
    program programming programs project projects promotion property proven public publishing purchasing
    qualifications quality real recruiting recruitment regulatory relations reliability relationship reporting
    research resource resources results retail retention risk robotics safety sales satisfaction scheduling
    science sciences security seasoned self service services site skilled skills social software solutions
    solving special specialized staff stack statistics strategic strategy strengths structural studies summary
    supply support sustainability system systems talent teaching team technical technologies technology
    telecommunications testing tools total tourism training transformation transportation treatment user
    video vision visual warehouse web welfare wellness wholesale work workforce writing
    """.split()
)
LINK_WORDS = frozenset("and the for with your my our of or at by from on with about".split())
# Surnames that are trades, which the head noun of a title may be, too: "Jane Baker".
TRADE_SURNAMES = frozenset(
    """
    archer baker barber bishop brewer bursar butcher butler cantor carpenter carter chamberlain chancellor
    chandler chaplain chapman clark clerk coleman collier constable cook cooper dean draper driver dyer farmer
    fisher fletcher foreman forester fowler fuller gardener gardner glover goldsmith hooper hunter judge
    knight marshal marshall mason mercer merchant miller page painter palmer parker parson parsons piper
    plumber pope porter potter priest proctor provost ranger reeve rider roper sailor sargent sawyer
    sergeant sexton shepherd singer skinner slater smith soldier spencer steward stewart tanner taylor teller
    thatcher tiler turner tyler walker waller warden weaver webster wheeler wright
    """.split()
)
# What stands before such a noun in a title: "Head Cook", "Hotel Porter", "Bank Teller".
BEFORE_TRADES = frozenset(
    """
    acting airport apprentice area army artisan assistant associate bank bread breakfast bus cab cake cd cdl
    certified chief church circuit city college commercial company construction county court crew day delivery
    deputy desk district dough executive experienced family fast federal file first food forklift fry grade
    grill group guest head high home hospital hotel house industrial institutional interior journeyman junior
    kitchen law lead line local long magistrate mail master med medical mental merchandise military motor
    night office opera overnight park part pastry personal pizza platoon portrait prep prison production
    professional railway regional residential restaurant roofing route sandwich school second senior short
    sous staff state stone street student sushi team traffic trainee truck unit university utility van vault
    volunteer ward youth
    """.split()
)
