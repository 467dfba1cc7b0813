using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary><c>atlas budget set</c></summary>
internal sealed class BudgetSetCommand : AtlasCommand
{
    private const string Lifted = "none";

    private readonly Option<string?> _key = CommonOptions.Text("--key", "NAME", "The name of the API key; all keys of that name share the budget. Default: the budget of the tenant.", "the name of an API key");
    private readonly Option<string?> _tenant = KeyOptions.Tenant();
    private readonly Option<string?> _tokens = CommonOptions.Text("--tokens-per-day", "N", "Maximum number of tokens per day (UTC), or none to remove the limit. Default: unchanged.", "a number of tokens, or none");
    private readonly Option<string?> _usd = CommonOptions.Text("--usd-per-day", "X", "Maximum amount in dollars per day (UTC), or none to remove the limit. Default: unchanged.", "an amount such as 12.50, or none");
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public BudgetSetCommand(CommandContext context)
        : base(context, "set", "Set how much an API key or a tenant can spend per day.")
    {
        Add(_key);
        Add(_tenant);
        Add(_tokens);
        Add(_usd);
        _by.AddTo(this);
        Add(_json);
        Examples = ["atlas budget set --key support-bot --tokens-per-day 2000000 --usd-per-day 12.50", "atlas budget set --tenant acme --usd-per-day none"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (key, tenant) = (arguments.GetValue(_key), arguments.GetValue(_tenant) ?? "");
        var owner = key is not null ? BudgetStore.OfKey(tenant, key)
            : BudgetStore.OfTenant(tenant) ?? throw new CommandFailedException(ExitCode.Usage, "Name the owner of the budget: --key NAME, --tenant NAME, or both for a key of that tenant.");
        if (arguments.GetValue(_tokens) is null && arguments.GetValue(_usd) is null)
        {
            throw new CommandFailedException(ExitCode.Usage, "Give the limit: --tokens-per-day N, --usd-per-day X, or both. The value none removes a limit.");
        }

        var author = _by.Read(arguments, Context.Caller);
        var after = await new DatabaseAccess(Context).ReadAsync(async queries =>
        {
            if (key is not null && !(await queries.ApiKeys.ListAsync(cancellation)).Any(known => known.Name == key && known.Tenant == tenant))
            {
                throw new CommandFailedException(ExitCode.NotFound, $"There is no API key '{key}'{(tenant.Length > 0 ? $" of the tenant '{tenant}'" : "")}. List the API keys with `atlas key list`.");
            }

            var before = (await queries.Budgets.ListAsync([owner], cancellation)).FirstOrDefault();
            var (tokens, usd) = (
                Limit(arguments.GetValue(_tokens), before?.TokensPerDay, text => long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) ? count : null, "--tokens-per-day"),
                Limit(arguments.GetValue(_usd), before?.UsdPerDay, text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null, "--usd-per-day"));
            await queries.Budgets.SetAsync(owner, tokens, usd, cancellation);
            var set = (await queries.Budgets.ListAsync([owner], cancellation)).FirstOrDefault() ?? new BudgetStanding(owner, null, null, 0, 0);
            await using var audit = new CommandAudit(Context);
            await audit.NoteAsync("SetBudget", tenant.Length == 0 ? null : $"tenant:{tenant}/", owner, author, 200, null, before, set);
            return set;
        });
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(after);
            return ExitCode.Ok;
        }

        Context.Terminal.Data($"{after.Owner} can spend {BudgetListCommand.Limits(after)} per day, and has spent {BudgetListCommand.Spent(after)} today.");
        return ExitCode.Ok;
    }

    private static T? Limit<T>(string? text, T? before, Func<string, T?> parse, string option)
        where T : struct =>
        text is null ? before
        : text.Equals(Lifted, StringComparison.OrdinalIgnoreCase) ? null
        : parse(text) ?? throw new CommandFailedException(ExitCode.Usage, $"{option} is '{text}'; it must be a number such as 100000, or {Lifted}.");
}
