using System.Globalization;

namespace Atlas.OrderDesk.World;

/// <summary>Sums of money, which are whole cents inside and have two decimals in texts.</summary>
internal static class Money
{
    public static string Text(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Reads a sum such as 18.50; what is finer than a cent is no sum.</summary>
    public static bool TryParse(string text, out int cents)
    {
        cents = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum)
            || sum > 1_000_000m
            || sum * 100m != decimal.Truncate(sum * 100m))
        {
            return false;
        }

        cents = (int)(sum * 100m);
        return true;
    }
}
