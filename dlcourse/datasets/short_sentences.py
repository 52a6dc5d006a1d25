"""Short sentences, each of which calls for one of five emoji; written for this course."""

import numpy as np

from dlcourse.datasets.labelled_texts import LabelledTexts

__all__ = ["EMOJI", "emoji_sentences"]

# class -> the emoji that its sentences call for
EMOJI = {"love": "❤️", "ball": "⚾", "smile": "😄", "sad": "😞", "food": "🍴"}

_TRAIN = {
    "love": """
        i love you / i love you more every day / she loves her little sister / he loves his wife
        we love our grandmother / you are the love of my life / my heart belongs to you
        i adore my husband / he gave her a kiss / she kissed him on the cheek / give me a hug
        they held hands and kissed / you are always in my heart / i miss you my dear
        our baby is so dear to me / he proposed to my daughter / they are getting married
        our wedding is in june / she said yes to him / i fell in love with her
        they fell in love at school / my heart beats for you / come home soon my love
        a love letter from my wife / i hug my son every morning / we are in love
        mother loves all of us / i will love you forever / you mean everything to me
        my girlfriend is wonderful to me / my boyfriend wrote me a poem / i want to marry you
        roses for my wife / will you be my valentine / a kiss for my baby
        i love my parents very much / he has a crush on her / she has loved him since school
        we have been married for years / i cannot live without you / hold me and never let me go
        my husband is the love of my life / dear mother i love you / you stole my heart
        i still love him / she adores her brother / he hugged his father for a long time
        your daughter loves you / a long hug from my sister / we adore each other""",
    "ball": """
        let us play ball / he threw the ball / she kicked the ball into the net / we won the match
        the team plays on sunday / our team scored twice / he scored the last goal
        what a goal / pass me the ball / the pitcher threw a fast ball / he hit the ball hard
        we play football after school / they play tennis in the park / basketball starts at six
        she is the best player of the team / the coach chose the players / our coach is strict
        i bought a new bat / bring your bat and glove / she caught the ball with one hand
        the game ended two to one / we watched the game / the match was played in the rain
        he shoots and scores / the keeper stopped the ball / the referee gave a penalty
        do you want to play tennis / the final is on saturday / they won the cup
        we lost the match in the last minute / my brother plays baseball
        a ball game in the park / the league begins in march / she runs faster than the others
        he practises with the team / the players are on the field / throw it to me
        i have football training today / she is captain of the team / the score is still zero
        kick it over the wall / they play handball in the hall / we need one more player
        the ball went over the net / our side won the game / volleyball on the beach
        the stadium is full for the final / he dribbles past two players
        the crowd watched the match / training with the coach at four""",
    "smile": """
        i am so happy / she is happy today / what a funny joke / he laughed all evening
        that was really funny / we laughed until it hurt / you make me smile / she smiled at us
        the children are laughing / i passed the exam / we are going on holiday
        this is the best day ever / good news at last / i got the job / congratulations to you
        happy birthday to you / it was a great party / the sun is shining and i am glad
        i am glad that you came / what a lovely surprise / we had so much fun
        the clown made everybody laugh / he tells the best jokes / she cannot stop laughing
        i feel great this morning / everything went well / we are proud of you
        thank you so much / that is wonderful news / the holiday begins tomorrow
        i am in a good mood / she sings because she is happy / they danced and laughed
        he grinned at the camera / a big smile for the picture / my friends made me laugh
        we finished the work early / he won the first prize / this film is very funny
        you did a great job / i enjoyed the party / she enjoys every minute
        a day full of fun / what a beautiful morning / it is going to be a great year
        the exam went well / his jokes are so funny / we are happy to see you
        life is good / the surprise made her smile""",
    "sad": """
        i am so sad / she is sad today / he cried all night / i feel terrible / she is in tears
        my dog died / our cat is gone / i lost my job / he failed the exam / i feel lonely
        nobody came to see me / he is alone in the house / what terrible news / i miss the old days
        she cries in her room / the film had a sad end / it was a horrible day
        everything went wrong / i am very disappointed / they are getting divorced
        he broke his leg / she lost her ring / my phone is broken / the funeral is on friday
        he is sick and cannot come / she has been ill for weeks / i am tired and unhappy
        nobody listens to me / i failed again / they had to sell the house
        we had to say goodbye / he never came back / it hurts so much / i regret what i said
        she looks unhappy / the letter made him cry / my best friend moved away
        the doctor had bad news / i am afraid of the result / that was a bad day
        he sat alone and cried / i feel bad about it / the holiday was cancelled
        her plant is dead / we are in trouble / i am sorry for your loss
        she is worried about him / my parents quarrel all day / he lost all his money
        the boy cries because he is alone""",
    "food": """
        i am hungry / dinner is ready / let us eat / what is for lunch / she cooks soup
        we ate pizza / he wants a sandwich / the bread is still warm / i want some cake
        breakfast is on the table / she baked a cake / we had rice and beans / pass me the salt
        this soup is too hot / let us order pizza / the restaurant opens at noon
        he eats an apple / cheese and bread please / i would like some coffee
        a glass of milk please / the fish tastes good / she is cooking dinner
        i ate too much / there is soup in the kitchen / he is hungry again
        we cook rice with vegetables / the waiter brought the menu
        a table for two at the restaurant
        i bought eggs and butter / she fried two eggs / do you want dessert
        ice cream for everybody / he burnt the toast / the potatoes are in the oven
        add some sugar / who ate the cheese
        lunch at the new restaurant / she likes chocolate / he drinks tea with sugar
        these apples taste sweet / the cook made a salad / our breakfast was eggs and toast
        peel the potatoes / the chicken is in the oven / we eat at seven
        i could eat a horse / there is no bread left / bring a fork and a knife
        a bowl of soup / the chocolate cake is ready""",
}  # fmt: skip
_TEST = {
    "love": """
        i love my fiancee / he kissed his bride / our honeymoon was full of love
        she is my sweetheart / a tender hug from grandfather / my darling wife
        he whispered that he loves her / we got engaged / you are my soulmate
        i cherish my husband / she embraced him with all her heart / my beloved daughter
        their romance began at school / i am devoted to you / a passionate kiss
        cuddle up to me my dear""",
    "ball": """
        the striker scored a goal / hockey training starts today / she serves an ace at tennis
        our defender lost the ball / a home run for the team / the quarterback threw a long pass
        he dunks the ball / the cricket match lasted all day / rugby players run on the field
        the umpire stopped the game / badminton in the hall / the champions won the league
        extra time in the final / the goalkeeper dived to the ball / an offside goal
        the shortstop caught it with a glove""",
    "smile": """
        i am delighted / what a hilarious joke / she giggled all evening / he is cheerful today
        the comedy made us laugh / they celebrated all night / we are thrilled to see you
        a joyful morning / hooray the holiday begins / that is fantastic news
        i chuckled at his jokes / everybody is in a splendid mood / you look radiant and happy
        she beamed at the camera / awesome work everybody / a merry party with friends""",
    "sad": """
        i am heartbroken / she sobbed in her room / he feels miserable / what a tragedy
        we mourn for our dog / i am depressed and tired / he wept at the funeral
        she was rejected again / my hamster died / a gloomy day and nobody called
        he is devastated by the news / our flight was cancelled / i was robbed and lost my money
        they grieve for their father / she is homesick and alone / an awful day at work""",
    "food": """
        she cooks spaghetti / a burger please / i am starving / the steak is in the oven
        we had sushi for lunch / pancakes for breakfast / he ate a banana
        grandmother bakes cookies / this curry is too hot / a delicious dinner
        the noodles are ready / pasta with cheese / he orders a hamburger
        would you like a biscuit / we eat lentils with rice / a spoon for the pudding""",
}  # fmt: skip


def emoji_sentences():
    """Load sentences that call for a heart, a ball, a smile, a sad face or a fork.

    Every sentence for testing has a word that no sentence for training has. Whoever counts words
    cannot make use of it; vectors from a large corpus know that "starving" is like "hungry".

    Returns:
        LabelledTexts in lower case without punctuation: 250 for training and 80 for testing,
        equally many of each of the classes love, ball, smile, sad, food. None comes twice.

    Example:
        >>> data = emoji_sentences()
        >>> data.test_texts[0], EMOJI[data.class_names[data.test_labels[0]]]
        ('i love my fiancee', '❤️')
    """
    origin = "330 short sentences written for this course"
    return LabelledTexts(*_listed(_TRAIN), *_listed(_TEST), tuple(EMOJI), origin)


def _listed(texts):
    found = [
        (sentence.strip(), label)
        for label, name in enumerate(EMOJI)
        for line in texts[name].strip().splitlines()
        for sentence in line.split(" / ")
    ]
    sentences, labels = zip(*found, strict=True)
    return sentences, np.array(labels, np.int64)
