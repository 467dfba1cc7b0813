namespace Atlas.Learning.Redaction;

/// <summary>Scans digits and detects numbers that can be a card or telephone number, and not a time, a count or an order number.</summary>
internal struct NumberWatch
{
    private const int FewestOfCard = 13;
    private const int FewestAfterPlus = 8;
    private const int FewestAfterZeros = 10;

    private int _card;
    private bool _startsLikeCard;
    private int _phone;
    private bool _plus;
    private bool _zeros;
    private int _group;
    private int _groupBefore;
    private int _groupBeforeThat;

    public NumberWatch(bool afterPlus) => _plus = afterPlus;

    /// <summary>Whether a sign can occur between the digits of one number.</summary>
    public static bool MayStandWithin(char sign) => sign is ' ' or '-' or '.' or '(' or ')' or '/';

    /// <summary>Processes a digit or a sign; returns true if there can be a number now.</summary>
    public bool Next(char sign)
    {
        if (!char.IsAsciiDigit(sign))
        {
            if (_group > 0)
            {
                (_groupBeforeThat, _groupBefore, _group) = (_groupBefore, _group, 0);
            }

            if (sign is not (' ' or '-'))
            {
                (_card, _startsLikeCard) = (0, false);
            }

            return false;
        }

        // A card number begins with 2 to 6, and can be the second number in a row.
        _startsLikeCard |= _group == 0 && sign is >= '2' and <= '6';
        _zeros = _phone switch { 0 => sign is '0', 1 => _zeros && sign is '0', _ => _zeros };
        _card++;
        _phone++;
        _group++;
        return (_card >= FewestOfCard && _startsLikeCard)
            || (_plus && _phone >= FewestAfterPlus)
            || (_zeros && _phone >= FewestAfterZeros)
            || (_group == 4 && _groupBefore is 2 or 3 && _groupBeforeThat is 3);
    }
}
