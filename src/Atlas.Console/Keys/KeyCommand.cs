using System.Collections.Frozen;
using System.Globalization;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Text;

namespace Atlas.Pages.Keys;

/// <summary>A change of a key that a person confirms.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Action">The operation's name in the audit.</param>
/// <param name="Title">Its title.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Command">The equivalent command, up to the key.</param>
/// <param name="Takes">What it applies to.</param>
public sealed record KeyCommand(string Name, string Action, string Title, string Effect, string Command, KeyCommandTakes Takes)
{
    /// <summary>Gets a value indicating whether sessions get that version from then on.</summary>
    public bool GivesVersion => Takes is KeyCommandTakes.Version;

    public required Func<ILearningKeyGrain, KeyTarget, Attribution, Task<KeyChange>> Change { get; init; }

    public static FrozenDictionary<string, KeyCommand> All { get; } = new[]
    {
        new KeyCommand("rollback", "RollbackPlaybook", "Roll back to version {0}", "The content of version {0} becomes the newest version.", "playbook rollback", KeyCommandTakes.Version)
            { Change = (key, about, by) => key.Rollback(about.Number, by) },
        new KeyCommand("promote", "PromoteVersion", "Promote version {0}", "Sessions get version {0} from now on.", "playbook promote", KeyCommandTakes.Version)
            { Change = (key, about, by) => key.Promote(about.Number, by) },
        new KeyCommand("pin", "PinVersion", "Pin version {0}", "Sessions get version {0} until it is unpinned, whatever is learned in the meantime.", "playbook pin", KeyCommandTakes.Version)
            { Change = (key, about, by) => key.Pin(about.Number, by) },
        new KeyCommand("unpin", "UnpinKey", "Unpin", "Sessions get the newest version again, or the last one that was promoted.", "playbook unpin", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Unpin(by) },
        new KeyCommand("stage", "StageKey", "Stage", "New versions wait until somebody promotes them.", "playbook stage", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Stage(by) },
        new KeyCommand("unstage", "UnstageKey", "Unstage", "New versions reach prompts immediately again.", "playbook unstage", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Unstage(by) },
        new KeyCommand("freeze", "FreezeKey", "Freeze", "The playbook does not change until it is unfrozen. Sessions are still counted.", "playbook freeze", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Freeze(by) },
        new KeyCommand("unfreeze", "UnfreezeKey", "Unfreeze", "The playbook can change again.", "playbook unfreeze", KeyCommandTakes.Nothing)
            { Change = (key, _, by) => key.Unfreeze(by) },
        new KeyCommand("stop", "StopExperiment", "Stop experiment {0}", "The experiment ends, and nothing changes.", "experiment stop", KeyCommandTakes.Experiment)
            { Change = async (key, about, by) => { await key.StopExperiment(about.Number, by).ConfigureAwait(false); return Unchanged; } },
        new KeyCommand("conclude", "ConcludeExperiment", "Conclude experiment {0}", "The better version becomes current, or a harmful entry is withdrawn.", "experiment conclude", KeyCommandTakes.Experiment)
            { Change = async (key, about, by) => { await key.ConcludeExperiment(about.Number, by).ConfigureAwait(false); return Unchanged; } },
        new KeyCommand("withdraw", "WithdrawEntry", "Withdraw the entry {0}", "No session gets the entry {0} from now on.", "playbook withdraw", KeyCommandTakes.Entry)
            { Change = (key, about, by) => key.WithdrawEntry(about.Entry, by) },
        new KeyCommand("try", "TryEntry", "Put the entry {0} on trial", "Sessions get the entry {0} at random until it is known whether it helps.", "playbook try", KeyCommandTakes.Entry)
            { Change = (key, about, by) => key.TryEntry(about.Entry, by) },
    }.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    private static KeyChange Unchanged => new(0, Changed: true, null);

    public string Say(string sentence, KeyTarget about) =>
        string.Format(CultureInfo.InvariantCulture, sentence, Takes is KeyCommandTakes.Entry ? about.Entry : about.Number);

    /// <summary>Returns the equivalent command line.</summary>
    /// <param name="key">The key as a word of the command line.</param>
    /// <param name="about">The target of the change.</param>
    public string Line(string key, KeyTarget about) => Takes switch
    {
        KeyCommandTakes.Nothing => $"atlas {Command} {key} --reason TEXT",
        KeyCommandTakes.Entry => $"atlas {Command} {key} {ShellWord.Of(about.Entry)} --reason TEXT",
        _ => $"atlas {Command} {key} {Wording.Number(about.Number)} --reason TEXT",
    };
}

/// <summary>The target of a change.</summary>
/// <param name="Number">A version or an experiment; 0 for neither.</param>
/// <param name="Entry">The id of an entry; empty for none.</param>
public readonly record struct KeyTarget(int Number, string Entry);

/// <summary>The kinds of targets.</summary>
public enum KeyCommandTakes
{
    Nothing,
    Version,
    Experiment,
    Entry,
}
