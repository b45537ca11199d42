// A cell imports this one module and sees the libraries too.
@_exported public import Diffusion
@_exported public import Plotting
@_exported public import RealModule
@_exported public import Verification
