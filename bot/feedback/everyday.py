"""The small words of English: what sentences are made with, whatever they are about."""

_WORDS = """
a about after again against all also although always am an and another any anybody anyone
anything are arent as at away back be because been before being below between both but by can
cant come could couldnt did didnt do does doesnt doing dont down during each either else enough
even ever every everybody everyone everything few for from get gets got had hadnt has hasnt have
havent having he hed her here heres hers herself hes him himself his how however i if in instead
into is isnt it itll its itself ive just let like made make makes many may me might mine more
most much must my myself need needs neither never no nobody none nor not nothing now of off
often on once one only onto or other others our ours ourselves out over own per quite rather
really same see shall she shed shes should shouldnt since so some somebody someone something
still such than that the their theirs them themselves then there theres these they theyd theyll
theyre theyve thing things this those though through to too toward towards under until up upon
us very was wasnt we well were werent weve what whatever when where whether which while who
whole whom whose why will with within without wont would wouldnt yes yet you youd youll your
youre yours yourself youve
"""

EVERYDAY = frozenset(_WORDS.split())
"""Written as `bot.answers.words` leaves them: in lower case, without apostrophes."""
