using System.Globalization;
using System.Text.RegularExpressions;

namespace Atlas.OrderDesk.World;

/// <summary>The tasks of the desk: one per order, all of one kind.</summary>
public static partial class DeskTasks
{
    /// <summary>Returns the task about an order, in the customer's words.</summary>
    public static string Of(int number)
    {
        var order = DeskOrder.Of(number);
        var wish = order.Delivered
            ? $"the {order.Item} came broken, and the customer wants {Money.Text(order.ListPrice)} back"
            : $"the customer does not need the {order.Item} any more and wants {Money.Text(order.ListPrice)} back";
        var express = order.Express ? " It was an express order." : "";
        return string.Create(CultureInfo.InvariantCulture, $"Order {number}: {wish}.{express} Settle it.");
    }

    /// <summary>Returns the number of the first order that a text mentions; null if it mentions none.</summary>
    public static int? NumberIn(string text) =>
        Number().Match(text ?? "") is { Success: true } match
        && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= DeskOrder.FirstNumber
            ? number
            : null;

    /// <summary>Returns the first sum of money that a text mentions, in cents; null if it mentions none.</summary>
    public static int? ClaimIn(string text) =>
        Sum().Match(text ?? "") is { Success: true } match && Money.TryParse(match.Value, out var cents) ? cents : null;

    [GeneratedRegex(@"\border\s+(?<number>\d{4,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{1,6}\.\d{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Sum();
}
