using System.Globalization;

namespace Atlas.OrderDesk.World;

/// <summary>Sums of money, which are whole cents internally and have two decimals in texts.</summary>
internal static class Money
{
    public static string Text(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Parses a sum such as 18.50; fractions of a cent are not allowed.</summary>
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
