"""Words that are never told as a reason, whatever they weigh: they name somebody or something, or say nothing of the work.

Kept by hand, beside the names that training finds and that stand in the model file. Each list is sorted; a new word goes
where it is noticed on a page. Endings do not matter: words are compared by their stems.
"""

from __future__ import annotations

from connector.sizing.text import stem

_NAMES = (
    "activemq adobe aix alfresco amazon ambari android angular ansible ant apache appcelerator aptana arquillian "
    "atlassian aurora azure bamboo bash bootstrap byteman camel cassandra catalina centos cglib chrome chromium "
    "clebert clover cocoa confluence cordova couchdb cygwin debian derby django docbook docker dojo drools dropbox "
    "drupal duracloud ecl eclipse elk ember errai excel facebook fedora felix firefox flask flickr forge fuse gatein "
    "geronimo git github gitlab glassfish gmail gnome gnu google gradle grails groovy guava guice guvnor gwt hadoop "
    "hawtio hazelcast hbase hibernate hive homebrew hornetq hsql hsqldb hudson ibm infinispan intel intellij ionic "
    "ipad iphone ivy jackrabbit jackson java javac javascript javax jax jaxb jboss jbossws jbpm jconsole jenkins "
    "jersey jetty jflex jira jms jmx jndi jni joomla jpa jquery jre jruby jsf jsp jsr junit kafka karaf kerberos "
    "keycloak kibana kubernetes laravel liferay linux log4j logback logstash lombok lucene mac macosx magento "
    "mandrill mariadb markdown maven memcache memcached mesos microsoft mongo mongodb moodle mozilla mssql mule mysql "
    "narayana nbproject neo4j netbeans netty nexus nginx node nodejs npm openjdk openshift openssl oracle orange osgi "
    "osx outlook pacific paypal perl phonegap php picketlink postgres postgresql powershell puppet pydev python "
    "rabbitmq rails react redhat redis resteasy rhel richfaces roo ruby safari salesforce samsung scala seam selenium "
    "servlet skype slack solaris solr sonar sonatype sourceforge spark spring springframework sqlite struts stub "
    "subversion sun surefire svn swagger swing sybase symfony teiid tika titanium tomcat travis trello tuscany "
    "twitter typescript ubuntu undertow usergrid vaadin vagrant velocity vertx visualstudio vmware weblogic websphere "
    "weld wicket wildfly windows windup wordpress xcode xerces yahoo yarn youtube zend zookeeper"
)
"""Names of products, projects and companies, written in lower case in issues too."""
_PEOPLE = (
    "adam alan alex allen andrew andy anna anne ben bill bob brian carl chris claire damon daniel daniele david emma "
    "eric fred gray greg hans jack james jason jean jeff jim joe john jon jonathan josh julia ken kevin luis luke "
    "maria marie mark martin mary matt max michael mike nick oliver pat patrick paul peter philippe pierre ray "
    "richard rob robert robin roger roy russell sam sarah scott sean sebastian simon stefan stephen steve ted thomas "
    "tim tom tony wolfgang"
)
"""First names that issues are signed with."""
_TIMES = (
    "afternoon ago annual april august century daily date dated day december early eight eleven evening february "
    "fifth first five fortnight four fourth friday half hour hourly hundred january july june last late lately later "
    "march may midnight million minute monday month monthly morning night nightly nine november october once "
    "overnight past present quarter recent recently saturday second sept september seven six sunday ten third "
    "thousand three thursday time today tomorrow tonight tuesday twelve twenty twice wednesday week weekend weekly "
    "year yearly yesterday yet zero"
)
"""Days, months, numbers and amounts of time."""
_CHAT = (
    "afaik agree agreed anybody anyone apologies apology appreciate asap ask aware awesome bear believe bye cheer "
    "cheers confused convinced cool couple curious dear dude else everybody everyone excited fair feel felt folks "
    "friend fun fyi glad good great guess guy guys happy hello helpful hey hi hope hopefully idea imagine imho imo "
    "interested kind kinda kindly know lol love luck maybe mean meant mention mentioned mind myself nice nobody ok "
    "okay opinion people perhaps please pleased pretty probably promise regards remember sad said saw say shame "
    "somebody someone sorry speak sponsor sure surprised talk tell thank thanks think thought told truly understand "
    "understood unfortunate unfortunately want wanted welcome wish wonder wondering worry yeah yes yourself"
)
"""Greetings, thanks and other talk between people."""
_FUNCTION = (
    "able about above absence absent absolutely accidentally accomplish according accordingly account achieve across "
    "actual actually additional additionally advance advanced advantage advice affect afraid afterwards again against "
    "aggressive agnostic ahead albeit alike alive alleviate allow almost alone along alongside already alright "
    "alternatively although altogether always amenable among amongst amount analogous annoy another answer anticipate "
    "anymore anything anytime anyway anywhere apart apparent apparently appear appreciate approach appropriate "
    "appropriately approx approximate approximately aren arise around arrive ascertain aside aspect assist associated "
    "assume assumption attempt available away back bad badly bare base based basic basically bear became become "
    "becoming beforehand began begin beginning begun behalf behave behind being belong below beneficial benefit "
    "benign beside besides best better between beyond big bigger biggest birthday bit blah bleed bogus both bother "
    "brief briefly bring brought bunch butt came cannot cant capable care careful carefully case caught cause caused "
    "caveat certain certainly chance cheap choose chose chosen citizen claim cleanly clear clearer clearly close "
    "closely closer closest come coming common commonly complete completely comprehensive con concern conclude "
    "conclusion conducive confidence confident confuse confusion conjunction consensus consequence consequently "
    "consider considerable considerably consideration constantly contrary convenience convenient conveniently "
    "conversation convey corner correct correctly correspondingly couldn counterpart country course courses craft "
    "creative crucial culprit cumbersome current currently dangerous deal death decent decide decision decline deem "
    "definitely deliberately deny desirable desired despite determine devise didn differ different differently "
    "difficult difficulty directly disadvantage disappear disconcerting discover discrepancy disregard distance "
    "distinct distinguish does doesn doesnt doing done dont doubt drastically drawback due during dutch each eagerly "
    "earlier ease easier easiest easily east easy eat effect effectively effort either elaborate elegant eligible "
    "elsewhere encounter encourage end enjoy enough ensure entire entirely envision equal equally especially "
    "essentially etc even evenly eventually ever every everything everytime everywhere evidence evident evidently "
    "evil evolve exact exactly example except excessive exhaustive exhibit exist exists expect expected expensive "
    "explain extensive extensively extent extra extraneous extreme extremely face facilitate fact fairly false "
    "falsely familiar family far farther fashion fast faster feasible few fewer final finally find fine finger "
    "firstly flesh follow following foobar forever forget forgot forgotten former formerly forth forthcoming "
    "fortunately forward found free frequent frequently fresh freshly friendly frustrate fulfill full fully "
    "fundamental further furthermore future gain gather gave general generally german get getting give given giving "
    "glance goal going gone got gotten grab graceful gracefully gradually grain greater greatest greatly had handful "
    "handy happen happened happens happily hard harder hardly hasn hasnt hassle haven having heavily helloworld hence "
    "her here high higher highest highly him hint his historical honor how however howto ideal ideally idem identical "
    "immediate immediately impact imply important importantly impossible impression inconvenient indefinitely "
    "indicate individual individually infer influence inner ins insight inspire instead intend intent intention "
    "intentional interesting interestingly interim involve irrelevant irrespective irritate isn issue item itself job "
    "jump justify keep keeping kept kick knew knowledge known lack large largely larger largest lastly latter lazily "
    "lead least leave leaving left legitimate lend length lengthy lenient less lesser lesson let level likelihood "
    "likely likewise linger literally little live long longer look lookup lose loss lost lot low lower lowest made "
    "magic main mainly major majority make making mangle manner many mass massive match matter maximum meaningful "
    "meanwhile medium meet mere merely mess messy middle might mine minimum minor minus miss mistake mistakenly "
    "modern moment moreover mostly much multiple multitude must mutually mysterious namely nasty natural naturally "
    "near nearest nearly neat necessarily necessary necessity need needed neglect neither never nevertheless new "
    "newer newest newly next nicely nicer nightmare non none nonetheless nope normal normally notably note nothing "
    "notice noticeable notion nowhere number numerous obstacle obtain obvious obviously occasion occasional "
    "occasionally occurrence odd oddly off offer often old older ongoing onto opportunity oppose opposed opposite "
    "otherwise ought ourselves out outcome outside overall overcome overly overwhelm own pain painful part partially "
    "particular particularly partly peace perfect perfectly perspective pertain pick piece place plain plateau play "
    "plenty point poor poorly possibility possible possibly potential potentially power powerful practical "
    "practically practice precious precise precisely prefer preferable preferably preliminary prematurely presence "
    "presently press pressure presumably prevent previous previously primarily prior priori pro probability problem "
    "problematic prominent promising proper properly prove proven purchase purpose pursue put putt quick quicker "
    "quickly quiet quite quot ran random rapid rapidly rare rarely rather reach ready real realistic reality really "
    "reappear reason reasonable reasonably recall reconsider regard regarding regardless regular regularly related "
    "relatively relevant rely remain remark remind remnant repeatedly resemble reside resort respect respective "
    "respectively responsible rest result resultant retire reveal rich right rise rough roughly round safe safely "
    "sake same sans satisfy scatter scene seamless seamlessly secondly see seeing seek seem seems seen self sensible "
    "sent separate separately serious several shall shame she short shorter shortly should shouldn show shown side "
    "significant significantly silly similar similarly simple simpler simplest simply simultaneously single situation "
    "slight slightly slow slower slowly small smaller smart smarter smoothly solely solid solution somehow something "
    "sometime sometimes somewhat somewhere soon sophisticated sort sound spaghetti special specially specific "
    "specifically spent spite spoken sporadically spot stand standpoint start started steadily steady steal stick "
    "still straight straightforward strange strangely stress strictly strive strong strongly stuck stuff stumble "
    "subject subsequent subsequently substantial subtle succeed success such suck suddenly sudo suffer suffice "
    "sufficient suggest suggestion suitable suite superfluous supposed supposedly surely surprise surround survive "
    "suspect swallow tackle take taken taking tech technical technically tedious tend tentative term terrible "
    "themselves theoretically theory thereby therefore therein thereof thin thing things thorough though threw "
    "through throughout thru thus tie tied till timely tiny tistud together tolerate too took top topic total totally "
    "touch tough toward towards traditional trick tricky tried trivial trouble troubleshoot true trust try trying "
    "turn twofold type typical typically ugly ultimate ultimately unable unacceptable unaware unchanged unclear under "
    "underneath unfinished unintended unless unlike unlikely unnecessary unneeded unpleasant unrelated unsuccessful "
    "unsure untouched unusual unwanted upcoming upon upper usage use useful useless user usual usually vague valuable "
    "vanish various vary versa versus very viable vice virtually wait wasn wasnt way weird well went were weren "
    "whatever whatsoever whenever whereas whereby wherever whether whichever whilst whit whole whos whose wide widely "
    "wider wise without witness wonderful wont word words work workable worked working works world wors worse worst "
    "worth would wouldn wrong wrongly xxxx xxxxxx yield yyyy zzzz"
)
"""Words that join, point, count or weaken: they say nothing of the work."""
_MISSPELT = (
    "accesible acutal addres adress aforemention agressive attatch avaliable becuase begining behaviour comming "
    "currenly dependancy dissapear enpoint erros exemple existance existant exmapl exmaple implmentation incom "
    "lastest lenght mispell neccessary occured occurence occuring paramater prefered preformance reciev recieve "
    "recieved reult seperat seperate seperated similiar succesful succesfully suport supress teh unknow wether wich"
)
"""Misspellings: they would stand beside their right spelling."""
_FRENCH = (
    "actuel champ change chat comment courant dans des don est faute fin journal main mais mode moment pas pour sale "
    "son sort sous sur tour vent vers"
)
"""French words that are spelt like English ones and mean something else, where the language was not seen."""
SHORT = frozenset(
    "api app bug css csv doc faq ide jar key log map pdf rpc row rss sdk sql ssh ssl tab tag tls uri url web xml xss zip".split()  # noqa: SIM905 - a list of words
)
"""Words of fewer than four letters that mean something; no other is told."""
FEWEST_LETTERS = 4

UNSAID = frozenset(
    stem(word) for words in (_NAMES, _PEOPLE, _TIMES, _CHAT, _FUNCTION, _MISSPELT, _FRENCH) for word in words.split()
)
"""Their stems."""


def is_told(word: str) -> bool:
    """Whether a word, as it is spelt, can be a reason."""
    return (len(word) >= FEWEST_LETTERS or word in SHORT) and stem(word) not in UNSAID
