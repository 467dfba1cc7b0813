using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary><c>atlas budget list</c></summary>
internal sealed class BudgetListCommand : AtlasCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public BudgetListCommand(CommandContext context)
        : base(context, "list", "Show how much API keys and tenants can spend per day, and how much they have spent or reserved today (UTC).")
    {
        Add(_json);
        Examples = ["atlas budget list"];
    }

    /// <summary>Returns a budget's limits in words.</summary>
    public static string Limits(BudgetStanding budget) => (budget.TokensPerDay, budget.UsdPerDay) switch
    {
        (null, null) => "anything",
        ({ } tokens, null) => $"{Wording.Number(tokens)} tokens",
        (null, { } usd) => Dollars(usd),
        ({ } tokens, { } usd) => $"{Wording.Number(tokens)} tokens and {Dollars(usd)}",
    };

    /// <summary>Returns what was spent in words.</summary>
    public static string Spent(BudgetStanding budget) => $"{Wording.Number(budget.Tokens)} tokens and {Dollars(budget.Usd)}";

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var budgets = await new DatabaseAccess(Context).ReadAsync(queries => queries.Budgets.ListAsync(null, cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(budgets);
        }
        else if (budgets.IsEmpty)
        {
            Context.Terminal.Say("There are no budgets, and nothing has been spent today. Set one with `atlas budget set`.");
        }
        else
        {
            Context.Terminal.Table(
                [new("of"), new("tokens a day", IsNumber: true), new("tokens today", IsNumber: true), new("dollars a day", IsNumber: true), new("dollars today", IsNumber: true)],
                budgets.Select(one => (IReadOnlyList<string>)
                [
                    one.Owner, one.TokensPerDay is { } tokens ? Wording.Number(tokens) : "-", Wording.Number(one.Tokens),
                    one.UsdPerDay is { } usd ? Plain(usd) : "-", Plain(one.Usd),
                ]));
        }

        return ExitCode.Ok;
    }

    private static string Dollars(decimal usd) => $"${Plain(usd)}";

    private static string Plain(decimal usd) => usd.ToString("0.00####", CultureInfo.InvariantCulture);
}
