using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace Atlas.OrderDesk.World;

/// <summary>The five tools of the desk.</summary>
/// <remarks>The tools do what they are told: only looking up an order shows what would be right, and nothing prevents a wrong
/// refund.</remarks>
public sealed class DeskTools(DeskWorld world)
{
    public const string GetOrder = "get_order";
    public const string CancelOrder = "cancel_order";
    public const string RefundOrder = "refund_order";
    public const string NotifyCustomer = "notify_customer";
    public const string OfferVoucher = "offer_voucher";

    /// <summary>Gets their names, in the order in which somebody without any knowledge would try them.</summary>
    public static IReadOnlyList<string> Names { get; } = [GetOrder, CancelOrder, RefundOrder, NotifyCustomer, OfferVoucher];

    /// <summary>Gets the tools as functions.</summary>
    public IReadOnlyList<AIFunction> Functions =>
    [
        Function(Get, GetOrder),
        Function(Cancel, CancelOrder),
        Function(Refund, RefundOrder),
        Function(Notify, NotifyCustomer),
        Function(Voucher, OfferVoucher),
    ];

    // A text result stays plain text instead of becoming quoted JSON.
    private static AIFunction Function(Delegate method, string name) => AIFunctionFactory.Create(
        method, new AIFunctionFactoryOptions { Name = name, MarshalResult = (result, _, _) => ValueTask.FromResult(result) });

    [Description("Looks an order up: what was ordered, what was paid, and whether it was delivered.")]
    private string Get([Description("The order's number.")] int order_id) => With(order_id, order =>
    {
        world.Change(order.Number, state => state with { LookedUp = true });
        var standing = world.StateOf(order.Number) switch
        {
            { Cancelled: true } => "cancelled",
            { Refunded: > 0 } => "refunded",
            _ => order.Delivered ? "delivered" : "not sent yet",
        };
        return $"order {order.Number}: {order.Item}; state: {standing}; paid: {Money.Text(order.Paid)}";
    });

    [Description("Cancels an order that was not sent yet. Nothing was charged for it, so there is nothing to refund.")]
    private string Cancel([Description("The order's number.")] int order_id) => With(order_id, order =>
    {
        if (order.Delivered)
        {
            return $"Error: order {order.Number} was delivered; it cannot be cancelled any more.";
        }

        world.Change(order.Number, state => state with { Cancelled = true });
        return $"order {order.Number} is cancelled";
    });

    [Description("Gives money back for an order.")]
    private string Refund(
        [Description("The order's number.")] int order_id,
        [Description("The sum, with two decimals.")] decimal amount) => With(order_id, order =>
    {
        if (amount <= 0 || amount > 10_000)
        {
            return "Error: the sum must be above 0 and at most 10000.";
        }

        // The last refund counts, so a second refund corrects the first.
        var cents = (int)decimal.Round(amount * 100m);
        world.Change(order.Number, state => state with { Refunded = cents });
        return $"{Money.Text(cents)} given back for order {order.Number}";
    });

    [Description("Writes a message to the customer of an order.")]
    private string Notify(
        [Description("The order's number.")] int order_id,
        [Description("The message.")] string message) => With(order_id, order =>
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return "Error: the message is blank.";
        }

        world.Change(order.Number, state => state with { Told = message.Trim() });
        return $"the customer of order {order.Number} was told";
    });

    [Description("Gives the customer of an order a voucher.")]
    private string Voucher(
        [Description("The order's number.")] int order_id,
        [Description("Its worth, with two decimals.")] decimal amount) => With(order_id, order =>
    {
        if (amount <= 0 || amount > 10_000)
        {
            return "Error: the worth must be above 0 and at most 10000.";
        }

        world.Change(order.Number, state => state with { Voucher = (int)decimal.Round(amount * 100m) });
        return $"a voucher of {amount:0.00} was sent for order {order.Number}";
    });

    private static string With(int number, Func<DeskOrder, string> work) => number < DeskOrder.FirstNumber
        ? $"Error: there is no order {number}; orders have numbers from {DeskOrder.FirstNumber}."
        : work(DeskOrder.Of(number));
}
