"""Names for a character model: real first names, and invented ones that follow a known rule."""

from typing import NamedTuple

import numpy as np

__all__ = ["Names", "first_names", "invented_names"]

# First names in use in several countries, from general knowledge and no list; in plain letters.
_FIRST_NAMES = """
    aaron abigail ada adam adele adrian agatha agnes ahmed aisha alan albert alejandro alex
    alexander alfred alice alicia alina alma alvin amalia amanda amelia amina amir amy ana anastasia
    andrea andreas andrew andrei angela angelina anita anna annabel anne annette anthony antoine
    anton antonia antonio ariana arianna arnold arthur astrid audrey august aurora barbara barnaby
    bartholomew beatrice beatrix bella benedict benjamin bernadette bernard bertha bettina bianca
    birgit blanca boris brenda brian bridget brigitte bruno camilla camille carina carl carla carlos
    carmen carolina caroline caspar catalina catherine cecilia celeste celia charles charlotte
    chiara chloe christa christian christina christine christopher clara clarissa claudia claudio
    clemens clementine colette conrad constance constantin cordelia corinna cornelia cyril dagmar
    dalia damian daniel daniela daphne daria david deborah delia denise dennis diana diego dieter
    dimitri dominic dominique donald donna dora doris dorothea dorothy douglas duncan edgar edith
    edmund edna eduardo edward edwin eileen elaine eleanor elena elias elisa elisabeth eliza
    elizabeth ella ellen elliot elsa elvira emil emilia emily emma enrico erica erik erika ernest
    ernesto erwin esmeralda esther ethan eugene eva evangeline evelyn fabian fabio fatima felicia
    felicity felix ferdinand fernanda fernando fiona flora florence florian frances francesca
    francesco francine francis frank franziska frederick frederik frida friedrich gabriel gabriela
    gareth gemma geoffrey george georgia georgina gerald geraldine gerard gerda gilbert gina giorgio
    giovanna giovanni gisela giulia giuseppe gloria gordon grace graham greta gregory guido gustav
    gwendolyn hannah hanna harald harold harriet harry hassan hector heidi heinrich helen helena
    helga henriette henrietta henry herbert herman hilary hilda holly horace howard hugo hubert ian
    ibrahim ida ignatius igor ilse imogen ines ingrid irene iris irina irma isaac isabel isabella
    isadora ivan ivana jack jacob jacqueline jakob james jane janet janina jasmin jasmine jasper
    javier jean jeanette jennifer jeremy jerome jessica joachim joan joanna johan johanna john jonas
    jonathan jordan jorge josefine joseph josephine joshua juan judith julia julian juliana juliette
    julius justin justina karen karim karin karl karla katarina katharina katherine katja kenneth
    kevin kim klara klaus konrad kristina kurt lara larissa lars laura laurence lauren laurent lea
    leah leila lena leo leon leonard leonardo leonie leonora leopold leslie leticia lidia lilian
    liliana lily linda lionel lisa livia lorenzo lorena lotte louis louisa louise luca lucas lucia
    lucian lucinda lucy ludwig luis luisa lukas luna lydia madeleine magda magdalena magnus malcolm
    manfred manuel manuela marc marcel marcella marco marcus margaret margarita margot maria mariam
    marian mariana marianne marie marina mario marion marisa mark markus marlene martha martin
    martina mary mateo mathilda matilda matteo matthew matthias maureen maurice max maximilian maya
    melanie melinda melissa mercedes meredith michael michaela michelle miguel mila milena millicent
    mina minerva mira miranda miriam mohamed moira mona monica morgan moritz muriel nadia nadine
    nancy naomi natalia natalie natasha nathan nathaniel nelly nicholas nicola nicole nikolai nina
    noah noel nora norbert norma norman octavia olaf olga oliver olivia omar ophelia orlando oscar
    oswald otto pablo pamela paolo pascal patricia patrick paul paula pauline pedro penelope peter
    petra philip philippa phoebe pierre priscilla rachel rafael raimund ralph ramona raphael raquel
    rebecca regina reinhard rene ricarda ricardo richard rita robert roberta roberto robin roderick
    rodrigo roger roland rolf roman romeo ronald rosa rosalie rosalind rosamund rose rosemary ruben
    rudolf rufus rupert russell ruth sabina sabine sabrina salvador samantha samir samuel sandra
    sara sarah sebastian selena selma serena sergio sheila sibyl sidney siegfried sigrid silvia
    simon simone sofia sonia sophia sophie stanley stefan stefanie stella stephanie stephen stuart
    susan susanna susanne svetlana sven sybil sylvia sylvester tabitha tamara tanja tatiana teresa
    thea theo theodor theodora theresa thomas tiberius tiffany timothy tobias tom ulrich ulrike uma
    ursula valentin valentina valeria valerie vanessa vera verena veronica victor victoria viktor
    vincent viola violet virginia vivian vladimir walter wanda wendy werner wilfred wilhelm willa
    william winifred winston wolfgang xavier xenia yara yasmin yolanda yusuf yvette yvonne zachary
    zara zelda zoe zora
    """  # fmt: skip
_CONSONANTS = "bdgklmnrstvz"
_VOWELS = "ei", "aou"  # front ones, back ones
_ONE_IN = 10  # is for validation, and another for testing


class Names(NamedTuple):
    """Different names in plain lower-case letters, in random order.

    Attributes:
        train: tuple of str.
        validation: as train: to choose with.
        test: as train.
        origin: one line that says what these names are.
    """

    train: tuple
    validation: tuple
    test: tuple
    origin: str


def first_names(seed=0):
    """Load about 600 first names.

    Args:
        seed: of the order, and so of the split; a tenth is for validation and one for testing.

    Returns:
        Names.

    Example:
        >>> names = first_names()
        >>> "emma" in names.train + names.validation + names.test
        True
    """
    return _split(_FIRST_NAMES.split(), seed, "first names in use in several countries")


def invented_names(count=1500, seed=0):
    """Invent names by a rule that reaches from their first letter to the last.

    A name is two to four syllables of a consonant and a vowel, and a consonant at the end. Its
    vowels are all front ones (e, i) or all back ones (a, o, u), as in languages with vowel harmony,
    and it ends with the consonant with which it begins. A model that sees only the latest three
    letters cannot know the last one; one with a memory can.

    Args:
        count: how many, 10 to 10000.
        seed: of the random numbers.

    Returns:
        Names.

    Raises:
        ValueError: count is out of its range.

    Example:
        >>> invented_names().train[:3]
        ('livil', 'mivemidim', 'movarum')
    """
    if not 10 <= count <= 10_000:
        raise ValueError(f"count: expected 10 to 10000 names, got {count}")
    rng = np.random.default_rng(seed)
    names = {}  # a dict keeps the order in which names are found, which a set does not
    while len(names) < count:
        names[_invented(rng)] = True
    return _split(list(names), seed, "invented names, the last letter as the first")


def _invented(rng):
    vowels = _VOWELS[rng.integers(2)]
    syllables = rng.integers(2, 5)
    inside = (rng.choice(list(_CONSONANTS)) + rng.choice(list(vowels)) for _ in range(syllables))
    name = "".join(inside)
    return name + name[0]


def _split(names, seed, origin):
    names = np.random.default_rng(seed).permutation(names).tolist()
    part = len(names) // _ONE_IN
    return Names(
        tuple(names[2 * part :]), tuple(names[:part]), tuple(names[part : 2 * part]), origin
    )
