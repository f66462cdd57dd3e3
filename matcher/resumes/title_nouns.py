"""The head nouns of job titles: the last words of O*NET's alternate titles that end at least five of them.

This file includes information from the O*NET 29.2 Database by the U.S. Department of Labor, Employment
and Training Administration (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark of
USDOL/ETA. The list was shortened (words that are more often something else were dropped) and extended
by common titles in English, German, French, Spanish, Portuguese, Italian and Dutch.
"""

from __future__ import annotations

HEAD_NOUNS: frozenset[str] = frozenset(
    """
student employee
abstractor accountant actor actuary adjudicator adjuster administrator adviser adviseur advisor advocate
agent agronomist aide aircrewman airman aligner ambassador analista analyst anatomist anchor
anesthesiologist anesthetist angiographer animator annealer announcer anthropologist applicator applier
appraiser apprentice arborist archaeologist architect archivist arranger artisan artist arzt asistente
assembler assessor assistant assistante assistent assistentin associate assorter astronomer athlete
attacher attendant attorney au-pair audiologist auditor author authorizer avp babysitter backer
bacteriologist bagger bailiff baker balancer baler baller bander banker barista bartender baster batcher
beater becario berater beraterin beveler biller biochemist biologist biotechnician blaster bleacher
blender blocker boarder bolter bonder boner booker bookkeeper borer boss boxer bracer braider brakeman
brander brazer breaker breeder brewer bricklayer broker brusher bucker builder buncher bundler burnisher
burrer buster butcher buyer cager calibrator caller cameraman canvasser capper captain carbonizer
cardiologist caregiver caretaker carman carpenter carrier cartoonist carver caseworker cashier caster
cataloguer catcher cementer ceo cfo chainer chainman chairman chairperson chairwoman changer chaplain
chargé chargée chaser chauffeur checker chef chemist chief chipper chopper choreographer chro cio ciso
clamper classifier cleaner clearer clerk clinician clipper clothier cmo cna co-founder coach coater
cobbler coder cofounder coiler collector colonel colorer colorist commander commentator commissioner
communicator compiler composer compositor compounder compressor comptable comptroller concierge
conciliator conductor conservationist conservator consulente consultant consultante consultora contador
contadora contractor controller coo cook coordenador coordenadora coordinador coordinadora coordinator
copyist copywriter coremaker corporal correspondent corrugator counsel counsellor counselor courier
coverer cpo crabber craftsman creator creeler crewman crewmember crimper critic crusher cto culler
curator curer custodian cytologist dancer dba dealer dean deburrer deckhand decorator deliverer
demonstrator dentist deputy dermatologist desarrollador desarrolladora desenvolvedor desenvolvedora
designer detailer detective dev developer diagnostician dietitian directeur director directora
directrice direttore direttrice dismantler dispatcher dispenser distiller distributor diver doctor
doffer dogger doper dosimetrist drafter draftsman draper dresser driller driver dropper drummer dumper
duplicator dyer développeur développeuse ecologist economist edger editor educator electrician embalmer
embosser employee enameler enfermeira enfermeiro enfermera enfermero engenheira engenheiro engineer
engraver enseignant enseignante entertainer entwickler entwicklerin environmentalist epidemiologist
erector ergonomist escort esq estagiária estagiário estimator etcher evaluator evangelist evp examiner
excavator executive expediter expeditor expert exporter exterminator extern extractor extruder
fabricator facer facilitator farmer farmworker feller fellow fighter filterer finisher firefighter
fireman firer fisherman fitter fixer flagger flagman floorperson follower foreman forester forger
formulator forwarder founder freelancer fueler fundraiser gateman gatherer gauger generalist geneticist
geographer geologist gerente geschäftsführer geschäftsführerin gestionnaire gestor gestora glazer
glazier gluer grader grainer greaser greeter grinder groomer groover grower guard guide gunner handler
handyman harvester hauler head healer helper hemmer hewer hiker historian hooker hospitalist host
hostess hostler housekeeper hunter hydrologist hygienist icer illustrator immunologist impiegato
impregnator infantryman infermiere infirmier infirmière informaticist ingegnere ingeniera ingeniero
ingenieur ingenieurin ingénieur ingénieure inker insegnante inserter inspector installer instructor
insulator integrator intern interpreter interventionist interviewer investigator ironer ironworker
irrigator jefa jefe jockey jogger joiner jointer journalist journeyman judge kauffrau kaufmann keeper
killer knitter knocker knotter krankenpfleger krankenschwester laborer lacer laminator lapper lawyer
lead leader lecturer lehrer lehrerin leiter leiterin leraar letterer leverman liaison librarian
lieutenant lifeguard lifter lineman lineworker linguist linker loader loadmaster locator logger lpn
lubricator machinist magistrate maid maintainer maker manager marshal mason master matcher mate
mathematician md measurer mechanic medewerker mediator medic melter member mender mentor merchandiser
merchant messenger metallurgist metalsmith meteorologist methodologist microbiologist midwife miller
millwright miner minister missionary mitarbeiter mitarbeiterin mixer modeler molder monitor motorman
mounter mover musician nailer nanny naturalist navigator needleworker negotiator neurologist
neuropsychologist neutralizer nozzleman np nurse nutritionist observer offbearer officer official oiler
ombudsman oncologist ontwikkelaar opaquer opener operator ophthalmologist optician orderly organizer
orthotist outfitter overhauler owner pa packager packer padder painter pairer panner paralegal paramedic
paraprofessional partner passer paster pasteurizer pastor patcher pathologist patroller patrolman
patternmaker paver peddler pediatrician peeler performer person pharmacist pharmd phlebotomist
photographer physiatrist physician physicist physiologist picker pickler piler pilot pinner pipefitter
pitman planer planner plasterer platemaker plater player pleater plumber pm pointer polisher porter
postdoc potter pourer practitioner praktikant praktikantin preparator preparer president pressman
principal printer prizer processor proctor producer profesor profesora professional professor professora
profiler programmer projectionist promoter proofer proofreader prospector prosthetist protector provider
provost psychiatrist psychologist psychometrist publisher puller pumper puncher purchaser purifier
purser pusher racer racker radiographer radiologist raiser raker ranger rater reamer rebuilder receiver
receptionist reclaimer reconditioner recorder recruiter rector reeler referee referent referentin
refiner refinisher refueler registrar regulator reliner remover renovator rep repairer repairman
replacer reporter representative reproducer researcher reservationist resident responder responsabile
responsable restorer retoucher reviewer rewinder rider rigger riveter rn roaster rodman roller roofer
rounder roustabout routeman runner sachbearbeiter sachbearbeiterin sacker salesman salesperson salvager
sampler sandblaster sander sanitarian sawyer scaler scheduler scholar scientist scorer scourer scout
screener scribe scrubber sculptor sealer seaman seamer seamstress searcher secretary selector seller
sergeant server serviceman servicer setter sewer shaker sharpener shaver shearer sheller sheriff shifter
shipper shooter shopper shoveler shredder shrinker sifter signaler silverer singer sitter sizer skater
skimmer skinner skiver slaughterer slicer slinger slitter slp smoother snapper sociologist solderer
soldier solicitor sonographer sorter specialist spectroscopist spinner splicer splitter spooler spotter
sprayer spreader sre stacker stagiair stagiaire stagista staker stamper stapler starcher statistician
steamer stemmer stenographer sterilizer steward stewardess sticker stitcher stocker stoner straightener
strategist stringer striper stripper stylist subassembler superintendent supervisor surfacer surgeon
surveyor sviluppatore svp swamper swe sweeper swimmer switchman sysadmin tacker tailer tailor taker
tamper tanner taper taster teacher teamster tech technician technicien technicienne techniker
technologist teller temperer tender tester therapist threader tinter tipper tirocinante toxicologist
tracer trader trainee trainer transcriber transcriptionist transferrer translator transplanter trapper
treasurer treater trimmer troubleshooter trucker truer tufter tumbler tuner turner tutor twister
typesetter typist técnico underwriter unloader upholsterer urologist usher valet varnisher vendedor
vendedora vendeur vendeuse vendor verifier verkäufer verkäuferin verpleegkundige veterinarian
videographer volunteer vp vulcanizer waiter waitress warden washer watcher watchman waxer weaver weigher
welder werkstudent werkstudentin wheeler winder wiper wireman wirer worker wrangler wrapper wrecker
writer yardman ärztin
""".split()
)
