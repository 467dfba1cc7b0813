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
        : base(context, "list", "Show what API keys and tenants may spend on a day, and have spent or reserved today (UTC).")
    {
        Add(_json);
        Examples = ["atlas budget list"];
    }

    /// <summary>What may be spent, in words.</summary>
    public static string Limits(BudgetStanding budget) => (budget.TokensPerDay, budget.UsdPerDay) switch
    {
        (null, null) => "anything",
        ({ } tokens, null) => $"{Wording.Number(tokens)} tokens",
        (null, { } usd) => Dollars(usd),
        ({ } tokens, { } usd) => $"{Wording.Number(tokens)} tokens and {Dollars(usd)}",
    };

    /// <summary>What was spent, in words.</summary>
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
            Context.Terminal.Say("There is no budget, and nobody has reserved anything today. `atlas budget set` makes one.");
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
