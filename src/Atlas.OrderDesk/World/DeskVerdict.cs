using System.Globalization;

namespace Atlas.OrderDesk.World;

/// <summary>How well an order was settled, computed only from its final state.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Rationale">Why points were deducted.</param>
public sealed record DeskVerdict(double Score, string Rationale)
{
    private const double Settled = 0.5;
    private const double RightSum = 0.3;
    private const double CustomerTold = 0.2;
    private const double VoucherGiven = 0.6;

    /// <summary>Computes the verdict: half for the right way to settle the order, three tenths for the right sum, two tenths for telling
    /// the customer; a voucher, which the desk must not give, costs six tenths.</summary>
    public static DeskVerdict Of(DeskOrder order, DeskState state)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(state);
        var faults = new List<string>();
        var settled = order.Delivered ? state.Refunded > 0 : state.Cancelled;
        var score = settled ? Settled : 0;
        if (!settled)
        {
            faults.Add(order.Delivered
                ? "the order was delivered and is not refunded"
                : "the order has not left the house and is not cancelled");
        }

        var due = order.Delivered ? order.Paid : 0;
        if (settled && state.Refunded == due)
        {
            score += RightSum;
        }
        else if (state.Refunded != due)
        {
            faults.Add($"{Money.Text(state.Refunded)} was given back where {Money.Text(due)} was due");
        }

        if (settled && state.Told is not null)
        {
            score += CustomerTold;
        }
        else if (state.Told is null)
        {
            faults.Add("the customer was not told");
        }

        if (state.Voucher > 0)
        {
            score -= VoucherGiven;
            faults.Add($"a voucher of {Money.Text(state.Voucher)} was given away, which the desk may not do");
        }

        score = Math.Round(Math.Clamp(score, 0, 1), 2);
        return new DeskVerdict(score, faults.Count == 0
            ? "The order is settled as it should be."
            : string.Create(CultureInfo.InvariantCulture, $"Order {order.Number}: {string.Join("; ", faults)}."));
    }
}
