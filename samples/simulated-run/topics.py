"""What is said in a made-up run's forum: a title, a question, and answers in order."""

TOPICS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Période ou fréquence dans l’exercice 2 ?",
        "Je trouve 0,02 s mais le corrigé parle de 50 Hz. Où est mon erreur ?",
        (
            "C’est la même chose : $f = 1/T$, donc $1/0{,}02 = 50$ Hz.",
            "Merci, j’avais oublié d’inverser !",
        ),
    ),
    (
        "Pourquoi deux fois la fréquence maximale ?",
        "J’ai compris la formule, pas la raison. Quelqu’un a une image ?",
        (
            "Pense à une roue filmée : trop peu d’images et elle semble tourner à l’envers.",
            "La vidéo de la semaine 1 le montre vers 0:40.",
            "L’image de la roue m’a aidé aussi, merci.",
        ),
    ),
    (
        "dB ou dBm ?",
        "Le cours passe de l’un à l’autre. Quelle est la différence, *en pratique* ?",
        (
            "Le dB compare deux puissances, le dBm compare une puissance à 1 mW.",
            "Donc on peut ajouter des dB à des dBm, mais pas des dBm entre eux.",
        ),
    ),
    (
        "Le bruit compte-t-il dans la capacité si le signal est faible ?",
        "Avec $S/N < 1$, la formule de Shannon donne encore un débit positif. C’est réaliste ?",
        ("Oui : c’est ainsi que fonctionne le GPS, très loin sous le bruit.",),
    ),
    (
        "Quel logiciel pour tracer un spectre ?",
        "Je voudrais refaire les figures chez moi. Que me conseillez-vous ?",
        (
            "Python avec numpy et matplotlib :\n\n```python\nimport numpy as np\n"
            "spectre = np.abs(np.fft.rfft(signal))\n```",
            "Audacity, si tu pars d’un son : menu *Analyse*.",
        ),
    ),
    (
        "TCP ou UDP pour la voix ?",
        "Si UDP perd des paquets, pourquoi la téléphonie l’utilise-t-elle ?",
        (
            "Parce qu’une syllabe qui arrive trop tard ne sert plus à rien.",
            "Et on peut masquer une petite perte, pas un retard d’une seconde.",
        ),
    ),
    (
        "Temps de propagation dans l’exercice sur les délais",
        "Faut-il prendre la vitesse de la lumière dans le vide ou dans la fibre ?",
        ("Dans la fibre : environ 200 000 km/s.", "Le corrigé prend bien $2\\times10^8$ m/s."),
    ),
    (
        "Adresse MAC et adresse IP",
        "Pourquoi faut-il les deux ? Une seule ne suffirait pas ?",
        (
            "L’adresse IP dit *où* tu es, l’adresse MAC *qui* tu es sur ton lien.",
            "La comparaison avec l’adresse postale et le nom sur la sonnette m’a servi.",
        ),
    ),
    (
        "Handover question",
        "What happens to a call if the next cell is full?",
        (
            "The network may keep you on the old cell for longer, with worse quality.",
            "Or the call drops. Networks reserve some channels to avoid that.",
        ),
    ),
    (
        "Sign of the path loss in the link budget",
        "I get -100 dB where the solution says 100 dB. Is it only a convention?",
        ("Yes: a loss of 100 dB is a gain of -100 dB. Be careful to subtract it only once.",),
    ),
    (
        "Le quiz de la semaine 3 me refuse « 5,2 »",
        "Faut-il un point ou une virgule pour les nombres ?",
        ("Les deux passent chez moi. As-tu ajouté l’unité dans le même champ ?",),
    ),
    (
        "Qui résout le nom au tout début ?",
        "Le cours dit que la machine demande à un résolveur. Mais qui donne son adresse ?",
        (
            "DHCP, en même temps que ton adresse IP.",
            "Et sur le téléphone, c’est l’opérateur.",
            "Merci, c’est clair maintenant.",
        ),
    ),
    (
        "Is TLS slower?",
        "The page says one more round trip. Does anybody notice it?",
        ("With TLS 1.3 it is one, and none when you come back soon.",),
    ),
    (
        "Groupe d’étude le mardi soir ?",
        "Je cherche deux ou trois personnes pour faire les exercices ensemble, en ligne.",
        ("Partante !", "Moi aussi, plutôt après 20 h.", "Le jeudi irait aussi ?"),
    ),
    (
        "Lire le cours hors ligne",
        "Je prends le train tous les jours. Peut-on télécharger les textes ?",
        ("Le formulaire est un PDF. Pour les textes, j’imprime la page en PDF.",),
    ),
    (
        "Trois bits par symbole ?",
        "Avec 8 points dans la constellation on a 3 bits, d’accord. Et avec 12 ?",
        ("$\\log_2 12 \\approx 3{,}58$ : on choisit presque toujours une puissance de deux.",),
    ),
    (
        "What is the difference between latency and throughput?",
        "I mix them up in every exercise.",
        (
            "A lorry full of disks: huge throughput, terrible latency.",
            "Latency: how long until the first bit. Throughput: how many bits per second then.",
        ),
    ),
    (
        "5G : ondes millimétriques et pluie",
        "Est-ce que la pluie change vraiment le bilan de liaison ?",
        ("Oui, quelques dB par kilomètre à 30 GHz sous une forte pluie.",),
    ),
)
