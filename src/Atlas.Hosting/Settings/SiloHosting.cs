namespace Atlas.Hosting.Settings;

/// <summary>Where a silo runs.</summary>
public enum SiloHosting
{
    /// <summary>A machine: name and address are those of the settings.</summary>
    Machine,

    /// <summary>A container with a network of its own: name and address are the container's.</summary>
    Container,

    /// <summary>A pod: name and address are the pod's, from <c>POD_NAME</c>, <c>POD_NAMESPACE</c> and <c>POD_IP</c>.</summary>
    Kubernetes,
}
