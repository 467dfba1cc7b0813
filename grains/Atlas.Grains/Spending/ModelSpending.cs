using Atlas.Domain;
using Atlas.Grains.Telemetry;
using Atlas.Models.Providers;
using Atlas.Storage.Access;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atlas.Grains.Spending;

/// <summary>Charges the model calls that a silo makes itself, for judging and synthesis, to the budgets of the owners of the sessions
/// concerned.</summary>
public sealed class ModelSpending(BudgetStore budgets, TimeProvider time, ILogger<ModelSpending> log)
{
    private static readonly AsyncLocal<Bill?> Current = new();

    /// <summary>The bill for calls from here on, until the caller of this returns.</summary>
    public static Bill? Charged => Current.Value;

    /// <summary>When budgets start again.</summary>
    public DateTimeOffset NextDay => new(time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    /// <summary>Charges calls from here on to a bill, until the caller of this returns.</summary>
    public static void Charge(Bill bill) => Current.Value = bill;

    /// <summary>Returns the bill for calls about a session.</summary>
    public async Task<Bill> BillAsync(long sessionId, CancellationToken cancellation) => new(await budgets.OwnersAsync(sessionId, cancellation));

    /// <summary>Reserves the maximum that a call can use.</summary>
    /// <returns>The reservation.</returns>
    /// <exception cref="ModelException">A budget is too small; the call must not be made.</exception>
    public async Task<string> ReserveAsync(Bill bill, long tokens, decimal usd, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bill);
        var id = $"silo:{Guid.CreateVersion7():N}";
        if (await budgets.ReserveAsync(id, bill.Owners, tokens, usd, cancellation) is { } owner)
        {
            bill.Lacking = $"Today's budget of {owner} is not sufficient for this model call. It resets at midnight UTC; `atlas budget set` raises it.";
            throw new ModelException(ModelFailure.NotAllowed, bill.Lacking);
        }

        return id;
    }

    /// <summary>Books what a custom judge or synthesizer reports as used, beyond what went through a <see cref="PaidChatClient"/>. There
    /// was no reservation, so no budget refuses it; the next call has less available.</summary>
    public async Task BookAsync(Bill bill, TokenUsage took)
    {
        ArgumentNullException.ThrowIfNull(bill);
        ArgumentNullException.ThrowIfNull(took);
        if (bill.Owners.IsEmpty || took.TotalTokens <= bill.Counted)
        {
            return;
        }

        try
        {
            await budgets.BookAsync($"silo:{Guid.CreateVersion7():N}", bill.Owners, took.TotalTokens - bill.Counted);
        }
        catch (NpgsqlException failure)
        {
            log.NotSettled(failure, "of a model of one's own");
        }
    }

    /// <summary>Replaces a reservation by the actual use. If that fails, the reservation counts.</summary>
    public async Task SettleAsync(Bill bill, string reservation, long tokens, decimal usd)
    {
        ArgumentNullException.ThrowIfNull(bill);
        try
        {
            await budgets.SettleAsync(reservation, bill.Owners[0], tokens, usd);
        }
        catch (NpgsqlException failure)
        {
            log.NotSettled(failure, reservation);
        }
    }
}
