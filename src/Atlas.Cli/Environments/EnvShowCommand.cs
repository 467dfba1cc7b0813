using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Storage.Discovery;

namespace Atlas.Cli.Environments;

/// <summary><c>atlas env show ID</c></summary>
internal sealed class EnvShowCommand : AtlasCommand
{
    private readonly Argument<long> _id = new("ID")
    {
        Description = "The number of the run, as `atlas env list` shows it.",
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                return id;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not the number of a discovery run. Use a whole number from 1.");
            return 0;
        },
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public EnvShowCommand(CommandContext context)
        : base(context, "show", "Show a discovery run: its sources, their hashes, and the results of the preflight checks.")
    {
        Add(_id);
        Add(_json);
        Examples = ["atlas env show 3", "atlas env show 3 --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var id = arguments.GetRequiredValue(_id);
        var run = await new DatabaseAccess(Context).ReadAsync(source => source.Discovery.FindAsync(id, cancellation))
            ?? throw new CommandFailedException(ExitCode.NotFound, $"There is no discovery run {id}. List the discovery runs with `atlas env list`.");
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(run);
        }
        else
        {
            Write(run);
        }

        return ExitCode.Ok;
    }

    private void Write(DiscoveryRun run)
    {
        Context.Terminal.Data($"run         {run.Id} ({run.Source}), {Wording.Time(run.CreatedAt)}");
        Context.Terminal.Data($"project     {run.ProjectRoot}");
        Context.Terminal.Data($"task        {Wording.OneLine(run.Task, 120)}");
        Context.Terminal.Data($"fingerprint {run.Fingerprint ?? "-"}");
        foreach (var module in Items(run.Metadata, "modules"))
        {
            Context.Terminal.Data($"module      {Text(module, "sha256")}  {Text(module, "file")}");
        }

        foreach (var check in run.Metadata is { } metadata && metadata.TryGetProperty("preflight", out var preflight) ? Items(preflight, "checks") : [])
        {
            Context.Terminal.Data($"{Text(check, "verdict"),-11} {Text(check, "sentence")}");
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var items) && items.ValueKind is JsonValueKind.Array
            ? items.EnumerateArray()
            : [];

    private static string Text(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString()! : "";
}
