"""The report's words, in English and in French."""

from collections.abc import Callable

Words = Callable[[str], str]


def words_in(language: str) -> Words:
    """What says a text in that language."""
    if language == "fr":
        return lambda text: FRENCH.get(text, text)
    return lambda text: text


FRENCH: dict[str, str] = {
    "When": "Quand",
    "Who": "Qui",
    "What": "Quoi",
    "With what": "Avec quoi",
    "From where": "D’où",
    "The server": "Le serveur",
    "Pages": "Pages",
    "Hits": "Requêtes",
    "Bytes": "Octets",
    "Pages not viewed": "Pages non vues",
    "Hits not viewed": "Requêtes non vues",
    "Bytes not viewed": "Octets non vus",
    "Months": "Mois",
    "Month": "Mois",
    "Days": "Jours",
    "Day": "Jour",
    "Days of the week": "Jours de la semaine",
    "Hours": "Heures",
    "Hour": "Heure",
    "Visits": "Visites",
    "Unique visitors": "Visiteurs uniques",
    (
        "Viewed is what people got: status 200 or 304, without robots and worms. A visit "
        "counts in the month it began in."
    ): (
        "Est vu ce que des personnes ont reçu\u00a0: code 200 ou 304, sans les robots ni "
        "les vers. Une visite compte dans le mois où elle a commencé."
    ),
    (
        "Days are those of the clock that wrote the log. A visit counts on the day it "
        "began; a visitor is unique within the day here."
    ): (
        "Les jours sont ceux de l’horloge qui a écrit le journal. Une visite compte le "
        "jour où elle a commencé\u202f; un visiteur est ici unique dans la journée."
    ),
    "Sums of all Mondays, all Tuesdays and so on; the last column says of how many days.": (
        "Sommes de tous les lundis, de tous les mardis, etc.\u202f; la dernière colonne "
        "dit de combien de jours."
    ),
    (
        "Hours of the clock that wrote the log, all days together; the picture shows the "
        "pages of each hour of the week."
    ): (
        "Heures de l’horloge qui a écrit le journal, tous les jours ensemble\u202f; "
        "l’image montre les pages de chaque heure de la semaine."
    ),
    "How long visits last": "Durée des visites",
    "Duration": "Durée",
    "From the first page of a visit to its last; of a visit of one page, 0 seconds.": (
        "De la première page d’une visite à la dernière\u202f; 0\u00a0seconde pour une "
        "visite d’une seule page."
    ),
    "Countries": "Pays",
    "Country": "Pays",
    "By the address, from the database file that was given.": "D’après l’adresse, selon le fichier de base de données donné.",
    "Hosts": "Hôtes",
    "Host": "Hôte",
    "Addresses or names that pages and files were sent to.": "Adresses ou noms auxquels des pages et des fichiers ont été envoyés.",
    "Last": "Dernière fois",
    "Signed in": "Personnes identifiées",
    "Names that the web server itself knows people by.": "Noms sous lesquels le serveur web lui-même connaît les personnes.",
    "Name": "Nom",
    "Robots": "Robots",
    "Robot": "Robot",
    "Why": "Pourquoi",
    "robots.txt": "robots.txt",
    (
        "Known by a list, by saying nothing about themselves, by reading robots.txt, or by "
        "what they do: more than 30 pages within a minute, or 30 pages and more in a day "
        "without anything that lies on them and from nowhere. None of it is viewed."
    ): (
        "Reconnus par une liste, parce qu’ils ne disent rien d’eux, parce qu’ils lisent "
        "robots.txt, ou par ce qu’ils font\u00a0: plus de 30\u00a0pages en une minute, ou "
        "au moins 30\u00a0pages en un jour sans rien de ce qui s’y trouve et sans "
        "provenance. Rien de cela n’est vu."
    ),
    "Worms": "Vers",
    "Addresses that programs look for holes at, and that are not here.": "Adresses où des programmes cherchent des failles, et qui n’existent pas ici.",
    "Address": "Adresse",
    "Page": "Page",
    "Views": "Vues",
    "Entry": "Entrées",
    "Exit": "Sorties",
    (
        "Viewed addresses that are no style, script, picture or download, without their "
        "parameters. Entry and exit: on how many visits it was the first, and the last."
    ): (
        "Adresses vues qui ne sont ni un style, ni un script, ni une image, ni un "
        "téléchargement, sans leurs paramètres. Entrées et sorties\u00a0: le nombre de "
        "visites dont elle était la première, et la dernière."
    ),
    "First pages of visits": "Premières pages des visites",
    "The page that a visit began with.": "La page par laquelle une visite a commencé.",
    "Last pages of visits": "Dernières pages des visites",
    "The page that a visit ended with.": "La page par laquelle une visite s’est terminée.",
    "File types": "Types de fichiers",
    "By the ending of the address.": "D’après la fin de l’adresse.",
    "Ending": "Extension",
    "Downloads": "Téléchargements",
    "File": "Fichier",
    "Whole": "Entiers",
    "Parts": "Parties",
    (
        "Documents, archives, sounds and films: whole ones (200), and parts of them (206), "
        "which are no hits; their bytes count."
    ): (
        "Documents, archives, sons et films\u00a0: entiers (200), et parties (206), qui ne "
        "sont pas des requêtes\u202f; leurs octets comptent."
    ),
    "Operating systems": "Systèmes d’exploitation",
    "Operating systems and versions": "Systèmes d’exploitation et versions",
    "As the browser says.": "D’après le navigateur.",
    "System": "Système",
    "Version": "Version",
    "Browsers": "Navigateurs",
    "Browsers and versions": "Navigateurs et versions",
    "As they say themselves.": "D’après eux-mêmes.",
    "Browser": "Navigateur",
    "Devices": "Appareils",
    "Device": "Appareil",
    "Phone, tablet or computer, as far as the browser says it.": "Téléphone, tablette ou ordinateur, dans la mesure où le navigateur le dit.",
    "Where people come from": "D’où viennent les personnes",
    "By the referrer of what was viewed: none, a search engine, another site, this site.": (
        "D’après la provenance de ce qui a été vu\u00a0: aucune, un moteur de recherche, "
        "un autre site, ce site."
    ),
    "From": "Provenance",
    "Search engines": "Moteurs de recherche",
    "Search engine": "Moteur de recherche",
    "Known by the names of their hosts.": "Reconnus par les noms de leurs hôtes.",
    "Search phrases": "Recherches",
    "Phrase": "Recherche",
    "Where the engine still says what was searched for; most do not.": "Là où le moteur dit encore ce qui a été cherché\u202f; la plupart ne le disent pas.",
    "Other sites": "Autres sites",
    "Site": "Site",
    "Sites with links to this one.": "Sites qui ont des liens vers celui-ci.",
    "Pages of other sites": "Pages d’autres sites",
    "Without their parameters.": "Sans leurs paramètres.",
    "Campaigns": "Campagnes",
    "The utm_ parameters of links.": "Les paramètres utm_ des liens.",
    "Source": "Source",
    "Medium": "Support",
    "Campaign": "Campagne",
    "HTTP statuses": "Codes HTTP",
    "All hits, whoever asked.": "Toutes les requêtes, d’où qu’elles viennent.",
    "Status": "Code",
    "Errors": "Erreurs",
    "Statuses from 400 on, whoever asked; the page is the one that most often has the link.": (
        "Codes à partir de 400, d’où que vienne la requête\u202f; la page est celle qui a "
        "le plus souvent le lien."
    ),
    "Linked from": "Lien depuis",
    "Response times": "Temps de réponse",
    "How long answers took, whoever asked, where the log says so; in steps of five per cent.": "Durée des réponses, d’où que vienne la requête, là où le journal la dit, par pas de cinq pour cent.",
    "Mean": "Moyenne",
    "Half within": "La moitié en",
    "90 % within": "90\u00a0% en",
    "95 % within": "95\u00a0% en",
    "99 % within": "99\u00a0% en",
    "Where the time goes": "Où passe le temps",
    "Addresses in the order of the time spent on all their answers.": "Adresses dans l’ordre du temps passé à toutes leurs réponses.",
    "Virtual hosts": "Hôtes virtuels",
    "Names of sites on the same server.": "Noms de sites du même serveur.",
    "Monday": "lundi",
    "Tuesday": "mardi",
    "Wednesday": "mercredi",
    "Thursday": "jeudi",
    "Friday": "vendredi",
    "Saturday": "samedi",
    "Sunday": "dimanche",
    "nowhere": "nulle part",
    "search engines": "moteurs de recherche",
    "other sites": "autres sites",
    "this site": "ce site",
    "not said": "non dit",
    "phone": "téléphone",
    "tablet": "tablette",
    "computer": "ordinateur",
    "no day": "aucun jour",
    "no agent": "sans nom",
    "unknown": "inconnu",
    "says that it is a browser": "se dit navigateur",
    "0 s to 30 s": "0 à 30 s",
    "30 s to 2 min": "30 s à 2 min",
    "2 min to 5 min": "2 à 5 min",
    "5 min to 15 min": "5 à 15 min",
    "15 min to 30 min": "15 à 30 min",
    "30 min to 1 h": "30 min à 1 h",
    "1 h and more": "1 h et plus",
    "none": "aucun",
    "Most pages on {day}: {pages}": "Le plus de pages le {day}\u00a0: {pages}",
    "Pages and visits by day": "Pages et visites par jour",
    "Pages on a day": "Pages par jour",
    "Most pages on {day} from {hour} h on: {pages}": "Le plus de pages le {day} à partir de {hour}\u00a0h\u00a0: {pages}",
    "Hours of the week": "Heures de la semaine",
    "Web log": "Journal du serveur web",
    "Compared with {span}": "Comparé à {span}",
    "Sections": "Sections",
    "As a table": "En tableau",
    "and {count} more": "et {count} autres",
    "How it was counted": "Comment c’est compté",
    "Lines of which nothing could be made": "Lignes dont rien n’a pu être tiré",
    "Sent": "Envoyé",
    "Hits of robots": "Requêtes de robots",
    "{share} against {before}": "{share} par rapport à {before}",
    "{lines} lines were read; of {unparsed} nothing could be made.": "{lines} lignes ont été lues\u202f; rien n’a pu être tiré de {unparsed}.",
    "A visit ends after {minutes} minutes without a page; a visitor is {visitor}.": "Une visite finit après {minutes} minutes sans page\u202f; un visiteur est {visitor}.",
    "an address": "une adresse",
    "an address with a browser": "une adresse avec un navigateur",
    "Names of this site: {names}.": "Noms de ce site\u00a0: {names}.",
    "none known": "aucun connu",
    "Robots are known by a list only.": "Les robots sont reconnus par une liste seulement.",
    "Summary": "Résumé",
}
