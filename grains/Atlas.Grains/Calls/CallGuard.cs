using System.Collections.Concurrent;
using System.Reflection;
using Atlas.Contracts;
using Atlas.Contracts.Access;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Identity;
using Atlas.Identity.Calls;

namespace Atlas.Grains.Calls;

/// <summary>Who may do what: the one place where it is enforced. Every call that reaches this silo passes here, from clients, from other silos and from itself.</summary>
/// <remarks>What a method needs is said where the method is (<see cref="NeedsAttribute"/>); one that says nothing is for silos alone. Authors
/// are who the caller is, not who the caller says.</remarks>
internal sealed class CallGuard(TicketOffice tickets) : IIncomingGrainCallFilter
{
    // What the clients of Orleans themselves ask of a silo: which grains there are, and to stop with what they asked. And the timers of
    // grains, whose ticks look like calls but come from no connection: they cannot be written onto one.
    private static readonly string[] OfOrleansItself =
    [
        "Orleans.Runtime.IClusterManifestSystemTarget", "Orleans.Runtime.ICancellationSourcesExtension", "Orleans.Runtime.IGrainCallCancellationExtension",
        "Orleans.Runtime.IGrainTimerInvoker",
    ];

    private readonly ConcurrentDictionary<MethodInfo, Rule> _rules = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var caller = RequestContext.Get(CallTicket.Key) is string ticket ? tickets.Read(ticket) : null;
        if (caller is null || !caller.Has(AtlasPermissions.Internal))
        {
            // An observer that waits in this process for news is no grain of this silo.
            if (!context.TargetId.IsClient())
            {
                Check(context, caller);
            }

            // What grains do further is done by this silo.
            RequestContext.Remove(CallTicket.Key);
        }

        return context.Invoke();
    }

    private void Check(IIncomingGrainCallContext context, AtlasCaller? caller)
    {
        var rule = _rules.GetOrAdd(context.InterfaceMethod, static method => Rule.Of(method));
        if (rule.IsOpen)
        {
            return;
        }

        if (caller is null)
        {
            throw new AtlasRefusedException(
                "This cluster has a secret, and the call does not say whose it is. Connect with a credential: set ATLAS_CREDENTIAL, or AtlasClientOptions.Credential.");
        }

        if (rule.Needs is AtlasPermissions.Internal)
        {
            throw new AtlasRefusedException($"{rule.Name} is what silos ask of each other; the {caller.Role} '{caller.Name}' cannot.");
        }

        if (!caller.Has(rule.Needs))
        {
            throw new AtlasRefusedException(
                $"{rule.Name} needs a credential with the role {Lowest(rule.Needs)}; '{caller.Name}' has the role {caller.Role}.");
        }

        Sign(context, caller);
    }

    /// <summary>Puts the caller's own name where an author or reviewer is named.</summary>
    private static void Sign(IIncomingGrainCallContext context, AtlasCaller caller)
    {
        for (var i = 0; i < context.Request.GetArgumentCount(); i++)
        {
            switch (context.Request.GetArgument(i))
            {
                case StartSession { PaidBy: not null } start when !caller.Has(AtlasPermissions.SpeakForOthers):
                    context.Request.SetArgument(i, start with { PaidBy = null });
                    break;
                case CompleteSession { Review: { } review } completion:
                    context.Request.SetArgument(i, completion with { Review = caller.Has(AtlasPermissions.Review) ? Signed(review, caller) : null });
                    break;
                case ReviewDecision decision:
                    context.Request.SetArgument(i, Signed(decision, caller));
                    break;
                case Attribution by when !caller.Has(AtlasPermissions.SpeakForOthers):
                    context.Request.SetArgument(i, by with { Author = caller.Name });
                    break;
            }
        }
    }

    private static ReviewDecision Signed(ReviewDecision decision, AtlasCaller caller) =>
        caller.Has(AtlasPermissions.SpeakForOthers) ? decision : decision with { Reviewer = caller.Name };

    private static string Lowest(AtlasPermissions needs) => AtlasRole.Given.First(role => (AtlasRole.Of(role)!.Value & needs) != 0);

    /// <summary>What a method needs.</summary>
    /// <param name="Name">How it is called in a sentence.</param>
    /// <param name="Needs">What the caller must be allowed to.</param>
    /// <param name="IsOpen">Whether it is no matter of this guard: of Orleans itself, or of grains that somebody else brought into the silo.</param>
    private sealed record Rule(string Name, AtlasPermissions Needs, bool IsOpen)
    {
        public static Rule Of(MethodInfo method)
        {
            var type = method.DeclaringType!;
            var ours = type.Assembly == typeof(NeedsAttribute).Assembly || type.Assembly == typeof(CallGuard).Assembly;
            var orleans = type.Assembly.GetName().Name!.StartsWith("Orleans", StringComparison.Ordinal);
            return new Rule(
                method.Name,
                method.GetCustomAttribute<NeedsAttribute>()?.Permission ?? AtlasPermissions.Internal,
                orleans ? OfOrleansItself.Contains(type.FullName, StringComparer.Ordinal) : !ours);
        }
    }
}
