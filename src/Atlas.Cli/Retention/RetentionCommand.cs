using System.CommandLine;
using Atlas.Cli.Config;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Up;
using Atlas.Configuration;
using Atlas.Configuration.Storage;
using Atlas.Storage.Retention;

namespace Atlas.Cli.Retention;

/// <summary><c>atlas retention</c></summary>
internal sealed class RetentionCommand : AtlasCommand
{
    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "The configuration with storage.retention. Default: the one that the silos here are running with.", "a configuration file");

    private readonly Option<string?> _events = Period("--events", "How long to keep events. Default: as configured.");
    private readonly Option<string?> _sessions = Period("--sessions", "How long to keep sessions. Default: as configured.");

    private readonly Option<bool> _cited = new("--cited")
    {
        Description = "Include sessions that an entry of an active playbook cites, as with storage.retention.keep_cited: false.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public RetentionCommand(CommandContext context)
        : base(context, "retention", "Show what storage.retention would remove now. This command changes nothing; silos remove it every hour.")
    {
        Add(_config);
        Add(_events);
        Add(_sessions);
        Add(_cited);
        Add(_json);
        Examples = ["atlas retention", "atlas retention --events 90d --sessions 52w", "atlas retention --config .atlas/generated_config.yaml --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var policy = PolicyOf(arguments);
        var plan = await new DatabaseAccess(Context).ReadAsync(source => source.Retention.PlanAsync(policy, Context.Clock.GetUtcNow(), cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(plan);
        }
        else
        {
            Show(policy, plan);
        }

        return ExitCode.Ok;
    }

    private void Show(RetentionPolicy policy, RetentionPlan plan)
    {
        if (policy.KeepsAll)
        {
            Context.Terminal.Say("Everything is kept forever, because storage.retention is not configured. Try a policy with --events 90d or --sessions 52w.");
            return;
        }

        if (!plan.Partitions.IsEmpty)
        {
            Context.Terminal.Table(
                [new("partition"), new("events", IsNumber: true), new("kept", IsNumber: true), new("bytes", IsNumber: true)],
                plan.Partitions.Select(part => (IReadOnlyList<string>)
                    [part.Name, Wording.Number(part.Events), Wording.Number(part.KeptEvents), Wording.Number(part.Bytes)]));
        }

        Context.Terminal.Data($"{Wording.Count(plan.Partitions.Length, "partition")} of events would be dropped.");
        Context.Terminal.Data($"{Wording.Count(plan.SessionsWithoutEvents, "session")} elsewhere would lose their events.");
        Context.Terminal.Data($"{Wording.Count(plan.Sessions, "session")} would be removed with everything that belongs to them.");
        Context.Terminal.Data($"{Wording.Count(plan.Cited, "session")} are kept whatever their age: an active playbook cites them, or they wait to teach.");
    }

    private RetentionPolicy PolicyOf(ParseResult arguments)
    {
        var file = arguments.GetValue(_config) ?? new SiloRegister(Context.Home).Running().Select(silo => silo.Configuration).FirstOrDefault(path => path is not null);
        var configured = file is null ? null : Read(file)?.Retention;
        return new RetentionPolicy
        {
            Events = RetentionOptions.LengthOf(arguments.GetValue(_events) ?? configured?.Events),
            Sessions = RetentionOptions.LengthOf(arguments.GetValue(_sessions) ?? configured?.Sessions),
            KeepCited = !arguments.GetValue(_cited) && configured is not { KeepCited: false },
        };
    }

    private StorageOptions? Read(string file)
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [ConfigurationArguments.Existing(file)], Profile = ConfigurationProfile.Cluster,
        });
        if (check is not { IsValid: true, Configuration: { } valid })
        {
            ProblemSheet.Write(check, Context.Terminal);
            throw new CommandFailedException(ExitCode.Usage, $"{file} is not a valid configuration. Correct the problems above first.");
        }

        return valid.Storage;
    }

    private static Option<string?> Period(string name, string description)
    {
        var option = CommonOptions.Text(name, "PERIOD", description, "a number of hours, days or weeks, such as 12h, 90d or 52w");
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !string.IsNullOrWhiteSpace(result.Tokens[0].Value) && RetentionOptions.LengthOf(result.Tokens[0].Value) is null)
            {
                result.AddError($"{name} is '{result.Tokens[0].Value}'; give a number of hours, days or weeks, such as 12h, 90d or 52w.");
            }
        });
        return option;
    }
}
