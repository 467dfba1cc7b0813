using System.Collections.Frozen;
using System.Globalization;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Pages.Keys;

/// <summary>A change of a key that a person confirms.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Action">The operation's name in the audit.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Effect">What comes of it.</param>
/// <param name="Command">The command that does the same, before the key.</param>
/// <param name="Takes">What it is about.</param>
public sealed record KeyCommand(string Name, string Action, string Title, string Effect, string Command, KeyCommandTakes Takes)
{
    /// <summary>Whether sessions are given what the version says from then on.</summary>
    public bool GivesVersion => Takes is KeyCommandTakes.Version;

    public required Func<ILearningKeyGrain, int, Attribution, Task<KeyChange>> Change { get; init; }

    public static FrozenDictionary<string, KeyCommand> All { get; } = new[]
    {
        new KeyCommand("rollback", "RollbackPlaybook", "Roll back to version {0}", "What version {0} says becomes the newest version.", "playbook rollback", KeyCommandTakes.Version)
            { Change = (key, version, by) => key.Rollback(version, by) },
        new KeyCommand("promote", "PromoteVersion", "Promote version {0}", "Sessions are given version {0} from now on.", "playbook promote", KeyCommandTakes.Version)
            { Change = (key, version, by) => key.Promote(version, by) },
        new KeyCommand("pin", "PinVersion", "Pin version {0}", "Sessions are given version {0} until the pin is taken away, whatever is learned meanwhile.", "playbook pin", KeyCommandTakes.Version)
            { Change = (key, version, by) => key.Pin(version, by) },
        new KeyCommand("unpin", "UnpinKey", "Take the pin away", "Sessions are given the newest version again, or the one that was promoted last.", "playbook unpin", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Unpin(by) },
        new KeyCommand("stage", "StageKey", "Stage", "New versions wait until somebody promotes them.", "playbook stage", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Stage(by) },
        new KeyCommand("unstage", "UnstageKey", "Unstage", "New versions become current at once again.", "playbook unstage", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Unstage(by) },
        new KeyCommand("freeze", "FreezeKey", "Freeze", "The playbook does not change until it is unfrozen; sessions are counted all the same.", "playbook freeze", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Freeze(by) },
        new KeyCommand("unfreeze", "UnfreezeKey", "Unfreeze", "The playbook may change again.", "playbook unfreeze", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Unfreeze(by) },
        new KeyCommand("stop", "StopExperiment", "Stop experiment {0}", "The experiment ends without a consequence.", "experiment stop", KeyCommandTakes.Experiment)
            { Change = async (key, number, by) => { await key.StopExperiment(number, by).ConfigureAwait(false); return Unchanged; } },
        new KeyCommand("conclude", "ConcludeExperiment", "Conclude experiment {0}", "The better version becomes current, or a harmful entry is withdrawn.", "experiment conclude", KeyCommandTakes.Experiment)
            { Change = async (key, number, by) => { await key.ConcludeExperiment(number, by).ConfigureAwait(false); return Unchanged; } },
    }.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    private static KeyChange Unchanged => new(0, Changed: true, null);

    public string Say(string sentence, int? number) => string.Format(CultureInfo.InvariantCulture, sentence, number);

    /// <summary>The command line that does the same.</summary>
    public string Line(string key, int? number) => string.Create(
        CultureInfo.InvariantCulture,
        $"atlas {Command} {key}{(number is { } about ? $" {about}" : "")} --reason TEXT");
}

/// <summary>What a change is about.</summary>
public enum KeyCommandTakes
{
    Nothing,
    Version,
    Experiment,
}
