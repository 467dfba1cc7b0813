using System.Globalization;
using System.Text.RegularExpressions;

namespace Atlas.OrderDesk.World;

/// <summary>The tasks of the desk: one per order, all of one kind.</summary>
public static partial class DeskTasks
{
    /// <summary>The task about an order, in the customer's words.</summary>
    public static string Of(int number)
    {
        var order = DeskOrder.Of(number);
        var wish = order.Delivered
            ? $"the {order.Item} came broken, and the customer wants {Money.Text(order.ListPrice)} back"
            : $"the customer does not need the {order.Item} any more and wants {Money.Text(order.ListPrice)} back";
        var express = order.Express ? " It was an express order." : "";
        return string.Create(CultureInfo.InvariantCulture, $"Order {number}: {wish}.{express} Settle it.");
    }

    /// <summary>The number of the order that a text speaks of first; null if it speaks of none.</summary>
    public static int? NumberIn(string text) =>
        Number().Match(text ?? "") is { Success: true } match
        && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= DeskOrder.FirstNumber
            ? number
            : null;

    /// <summary>The sum of money that a text speaks of first, in cents; null if it speaks of none.</summary>
    public static int? ClaimIn(string text) =>
        Sum().Match(text ?? "") is { Success: true } match && Money.TryParse(match.Value, out var cents) ? cents : null;

    [GeneratedRegex(@"\border\s+(?<number>\d{4,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{1,6}\.\d{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Sum();
}
