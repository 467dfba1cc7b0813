using System.ComponentModel;

namespace ShopDesk;

public sealed class OrderTools
{
    [Description("Look an order up by its number.")]
    public string GetOrder([Description("The order's number")] int number, bool withHistory = false) => $"order {number} {withHistory}";

    [Description("Give the customer's money back.")]
    public string Refund(int number, decimal amount, CancellationToken cancellation) => $"refunded {amount} of {number}";
}
