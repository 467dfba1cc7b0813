using Atlas.Grains.Telemetry;
using Atlas.Models.Providers;
using Atlas.Storage.Access;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Atlas.Grains.Spending;

/// <summary>Pays for the calls of models that a silo makes itself, for judging and synthesis, out of the budgets of those whose sessions they are about.</summary>
public sealed class ModelSpending(BudgetStore budgets, TimeProvider time, ILogger<ModelSpending> log)
{
    private static readonly AsyncLocal<Bill?> Current = new();

    /// <summary>Whom the calls from here on are charged to, until the caller of this returns.</summary>
    public static Bill? Charged => Current.Value;

    /// <summary>When budgets begin anew.</summary>
    public DateTimeOffset NextDay => new(time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    /// <summary>Charges the calls from here on, until the caller of this returns.</summary>
    public static void Charge(Bill bill) => Current.Value = bill;

    /// <summary>Who pays for what is asked about a session.</summary>
    public async Task<Bill> BillAsync(long sessionId, CancellationToken cancellation) => new(await budgets.OwnersAsync(sessionId, cancellation));

    /// <summary>Reserves what a call may take at most.</summary>
    /// <returns>The reservation.</returns>
    /// <exception cref="ModelException">A budget does not suffice; the call must not be made.</exception>
    public async Task<string> ReserveAsync(Bill bill, long tokens, decimal usd, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bill);
        var id = $"silo:{Guid.CreateVersion7():N}";
        if (await budgets.ReserveAsync(id, bill.Owners, tokens, usd, cancellation) is { } owner)
        {
            bill.Lacking = $"The budget of {owner} for today does not suffice for what Atlas would ask a model. It begins anew at midnight UTC; `atlas budget set` raises it.";
            throw new ModelException(ModelFailure.NotAllowed, bill.Lacking);
        }

        return id;
    }

    /// <summary>Puts a reservation right. Where that fails, what was reserved counts.</summary>
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
